/** @typedef {ReadonlyMap<string, string>} Outcomes */
/** @typedef {Record<string, string[]>} Changed ids by their new outcome; `absent`: they are not there. `file::*` are all of a file, `file::#0-3,7` those with these numbers in the sorted list of them */

/** More ids of a file than these are told by their numbers. */
const MOST_NAMED = 6;

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
  const all = byFile([...before.keys()].sort());
  const files = [...byFile(ids.filter((id) => before.has(id)))];
  const known = files.flatMap(([file, own]) => {
    const every = all.get(file) ?? [];
    if (every.length === own.length) return [`${file}::*`];
    if (own.length <= MOST_NAMED) return own;
    return [`${file}::#${rangesOf(own.map((id) => every.indexOf(id)))}`];
  });
  return [...known, ...ids.filter((id) => !before.has(id))].sort();
}

/** @param {Iterable<string>} ids */
function byFile(ids) {
  /** @type {Map<string, string[]>} */
  const files = new Map();
  for (const id of ids) files.set(fileOf(id), [...(files.get(fileOf(id)) ?? []), id]);
  return files;
}

/** @param {readonly number[]} numbers ascending */
function rangesOf(numbers) {
  /** @type {[first: number, last: number][]} */
  const ranges = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
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
  const [, file, numbers] = /^(.*?)::(?:\*|#([\d,-]+))$/.exec(short) ?? [];
  if (file === undefined) return [short];
  const all = [...before.keys()].filter((id) => fileOf(id) === file).sort();
  if (numbers === undefined) return all;
  return numbers.split(",").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map(Number);
    return all.slice(first, last + 1);
  });
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

/**
 * Ids with what was redacted in them put back, where there is one that it can be: evidence keeps no credentials of any text.
 * @param {ReadonlyMap<string, string>} told
 * @param {ReadonlyMap<string, string>} truth
 */
export function readAgain(told, truth) {
  const entries = [...told].map(([id, outcome]) => {
    if (!id.includes("[redacted:")) return /** @type {const} */ ([id, outcome]);
    const parts = id.split(/\[redacted:[^\]]*\]/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const fits = [...truth.keys()].filter(
      (one) => new RegExp(`^${parts.join(".*")}$`, "s").test(one) && !told.has(one),
    );
    return /** @type {const} */ ([fits.length === 1 ? String(fits[0]) : id, outcome]);
  });
  return new Map(entries);
}
