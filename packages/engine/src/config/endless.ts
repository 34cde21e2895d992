const MOST_VALUES = 1_000_000;
const DEEPEST = 200;

/**
 * Throws where a configuration's value is too large to be looked at: one that holds itself, one that is nested without
 * measure, and one whose few lines stand for each other many times over, as names in YAML can. What `plugins` holds is
 * the plugins' own.
 */
export function refuseEndless(value: unknown): void {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: each, depth } = next;
    if (typeof each !== "object" || each === null) continue;
    if (depth > DEEPEST) throw new Error(`its lists and objects are nested more than ${String(DEEPEST)} deep`);
    for (const [key, member] of Object.entries(each)) {
      if (depth === 0 && key === "plugins") continue;
      count += 1;
      if (count > MOST_VALUES) throw new Error(`it holds more than ${String(MOST_VALUES)} values`);
      open.push({ value: member, depth: depth + 1 });
    }
  }
}
