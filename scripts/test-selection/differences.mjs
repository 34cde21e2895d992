/** @typedef {ReadonlyMap<string, string>} Outcomes */
/** @typedef {Record<string, string[]>} Changed ids by their new outcome; `absent`: they are not there. `file::*` are all of a file */

/** The outcome of a test that is not there. */
export const ABSENT = "absent";

/** @param {string} id */
export function fileOf(id) {
  return id.split("::")[0] ?? id;
}

/**
 * What is other than before, in short.
 * @param {Outcomes} before
 * @param {Outcomes} after
 * @returns {Changed}
 */
export function changedFrom(before, after) {
  /** @type {Changed} */
  const changed = {};
  for (const id of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const outcome = after.get(id) ?? ABSENT;
    if (outcome !== (before.get(id) ?? ABSENT)) (changed[outcome] ??= []).push(id);
  }
  for (const [outcome, ids] of Object.entries(changed)) changed[outcome] = folded(ids, before);
  return changed;
}

/** @param {readonly string[]} ids @param {Outcomes} before */
function folded(ids, before) {
  const known = ids.filter((id) => before.has(id));
  const counts = countsOf(before.keys());
  const whole = new Set(
    [...countsOf(known)].filter(([file, count]) => counts.get(file) === count).map(([file]) => file),
  );
  const isFolded = (/** @type {string} */ id) => before.has(id) && whole.has(fileOf(id));
  return [...[...whole].map((file) => `${file}::*`), ...ids.filter((id) => !isFolded(id))].sort();
}

/** @param {Iterable<string>} ids */
function countsOf(ids) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const id of ids) counts.set(fileOf(id), (counts.get(fileOf(id)) ?? 0) + 1);
  return counts;
}

/**
 * The outcomes that a change in short stands for.
 * @param {Outcomes} before
 * @param {Changed} changed
 * @returns {Map<string, string>}
 */
export function after(before, changed) {
  const outcomes = new Map(before);
  for (const [outcome, ids] of Object.entries(changed))
    for (const short of ids) for (const id of unfolded(short, before)) outcomes.set(id, outcome);
  for (const [id, outcome] of outcomes) if (outcome === ABSENT) outcomes.delete(id);
  return outcomes;
}

/** @param {string} short @param {Outcomes} before */
function unfolded(short, before) {
  if (!short.endsWith("::*")) return [short];
  return [...before.keys()].filter((id) => fileOf(id) === short.slice(0, -3));
}

/**
 * Each test whose outcome is not the true one.
 * @param {Outcomes} truth
 * @param {Outcomes} told
 */
export function wrong(truth, told) {
  const ids = [...new Set([...truth.keys(), ...told.keys()])].sort();
  return ids.flatMap((id) => {
    const [is, should] = [told.get(id) ?? ABSENT, truth.get(id) ?? ABSENT];
    return is === should ? [] : [{ id, is, should }];
  });
}
