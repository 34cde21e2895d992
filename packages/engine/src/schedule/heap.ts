/** Items of which the first by an order is always at hand. */
export interface Heap<T> {
  readonly size: number;
  first(): T | undefined;
  push(item: T): void;
  pop(): T | undefined;
}

/** An empty heap; `before` is a strict order. */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const items: T[] = [];
  const isBefore = (a: number, b: number): boolean => {
    const [left, right] = [items[a], items[b]];
    return left !== undefined && right !== undefined && before(left, right);
  };
  const swap = (a: number, b: number): void => {
    const [left, right] = [items[a], items[b]];
    if (left === undefined || right === undefined) return;
    [items[a], items[b]] = [right, left];
  };
  const rise = (from: number): void => {
    for (let at = from; at > 0; ) {
      const above = (at - 1) >> 1;
      if (!isBefore(at, above)) return;
      swap(at, above);
      at = above;
    }
  };
  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const below = isBefore(right, left) ? right : left;
      if (!isBefore(below, at)) return;
      swap(at, below);
      at = below;
    }
  };
  return {
    get size() {
      return items.length;
    },
    first: () => items[0],
    push(item) {
      items.push(item);
      rise(items.length - 1);
    },
    pop() {
      swap(0, items.length - 1);
      const item = items.pop();
      sink();
      return item;
    },
  };
}
