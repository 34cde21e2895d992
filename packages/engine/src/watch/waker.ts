/** Tells when something may have happened, and when it has been quiet since. */
export interface Waker {
  /** Something may have happened. */
  readonly touch: () => void;
  /** Settles when something has happened that nobody has waited for yet; at once if it has already. */
  readonly touched: () => Promise<void>;
  /**
   * Settles when nothing has happened for a while, or when it has gone on for as long as anybody should wait. What has
   * happened until then counts as seen.
   */
  readonly quiet: () => Promise<void>;
}

/** How long it must be quiet, and how long it is waited for at most; milliseconds. */
export interface Patience {
  readonly quietMs: number;
  readonly mostMs: number;
}

/** How long to wait still, after the first and the last of what happened: 0 or less when it is time. Pure. */
export function waitFor(
  { first, last, now }: { readonly first: number; readonly last: number; readonly now: number },
  { quietMs, mostMs }: Patience,
): number {
  return Math.min(last + quietMs, first + mostMs) - now;
}

/** A waker on a clock that never goes back. When `signal` is aborted nobody waits any more. */
export function createWaker(patience: Patience, now: () => number, signal: AbortSignal): Waker {
  let first: number | undefined;
  let last = 0;
  let wake: () => void = () => undefined;
  signal.addEventListener("abort", () => {
    wake();
  });
  const sleep = (milliseconds?: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return {
    touch() {
      last = now();
      if (first !== undefined) return;
      first = last;
      wake();
    },
    async touched() {
      while (first === undefined && !signal.aborted) await sleep();
    },
    async quiet() {
      while (first !== undefined && !signal.aborted) {
        const left = waitFor({ first, last, now: now() }, patience);
        if (left <= 0) first = undefined;
        else await sleep(left);
      }
    },
  };
}
