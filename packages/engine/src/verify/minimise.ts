/** Whether what is under test is well when it has these beside what it always has. */
export type Passes<T> = (items: readonly T[]) => Promise<boolean>;

/** What of the items is needed. */
export interface Needed<T> {
  readonly items: readonly T[];
  /** False where the search was cut short: then some of the items may not be needed. */
  readonly isWhole: boolean;
}

/**
 * Finds items without which a test does not pass, so that none of them can be left out. All together pass and none alone
 * does not, which is known before. Those in front are tried first, so the likely ones go there. A test is asked as long as
 * `mayAsk`; about k log n times for k of n.
 */
export async function minimise<T>(items: readonly T[], passes: Passes<T>, mayAsk: () => boolean): Promise<Needed<T>> {
  let isWhole = true;
  const search = async (background: readonly T[], isNew: boolean, open: readonly T[]): Promise<readonly T[]> => {
    if (isNew) {
      if (!mayAsk()) isWhole = false;
      else if (await passes(background)) return [];
    }
    if (open.length <= 1) return open;
    if (!mayAsk()) {
      isWhole = false;
      return open;
    }
    const half = Math.ceil(open.length / 2);
    const [first, second] = [open.slice(0, half), open.slice(half)];
    const ofSecond = await search([...background, ...first], true, second);
    const ofFirst = await search([...background, ...ofSecond], ofSecond.length > 0, first);
    return [...ofFirst, ...ofSecond];
  };
  const found = await search([], false, items);
  return { items: found, isWhole };
}
