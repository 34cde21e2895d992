/** From here on two issues are not run at once. */
const CONFLICT = 0.5;

/** @typedef {{ readonly merge: import("./merges.mjs").Merge, readonly risks: Readonly<Record<string, number>> }} Tried */

/**
 * How well the risk told conflicts from clean merges: how often at the border, and how often a conflict has the greater risk of two.
 * @param {readonly Tried[]} tried @param {string} kind
 */
export function measured(tried, kind) {
  const [bad, good] = [true, false].map((wanted) =>
    tried.filter(({ merge }) => merge.conflicted === wanted).map(({ risks }) => risks[kind] ?? 0),
  );
  const above = (/** @type {number[]} */ risks) => risks.filter((risk) => risk >= CONFLICT).length;
  let wins = 0;
  for (const one of bad ?? []) for (const other of good ?? []) wins += one > other ? 1 : one === other ? 0.5 : 0;
  const pairs = (bad?.length ?? 0) * (good?.length ?? 0);
  return {
    caught: above(bad ?? []),
    missed: (bad?.length ?? 0) - above(bad ?? []),
    alarmed: above(good ?? []),
    quiet: (good?.length ?? 0) - above(good ?? []),
    ranked: pairs === 0 ? undefined : wins / pairs,
  };
}

/** @param {number} count @param {readonly string[]} names */
export function headOf(count, names) {
  return [
    "# Proof: the risk of a plan and the conflicts of real histories",
    "",
    `Of the newest ${count} merges, those whose two sides both have commits, thirty at most, are looked at. The sides become two issue documents, and`,
    "`issues plan` says by the tree of their merge base how risky both at once would be. `git merge-tree` says whether merging them conflicted.",
    "The documents have, in turn, the **paths** that a side came to write, as if its author had known them; only their **folders**",
    "(`src/**`), as people who plan write them; or no files and only the **words** of the commits, with backticks around what looks like a name or a path.",
    "",
    "_Ranked right_ is how often, of a conflict and a clean merge, the conflict has the greater risk (0.5 is chance). From a risk of 0.5 on two issues",
    "are not run at once. A side whose author knew the paths is better informed than a plan is: what it gives is the best that can be had.",
    "",
    `Again: \`node scripts/merge-history.mjs ${names.map((name) => `${name}=<clone>`).join(" ")} --merges ${count} --proof\`.`,
    "",
  ].join("\n");
}

/** @param {string} name @param {readonly Tried[]} tried @param {Readonly<Record<string, ReturnType<typeof measured>>>} kinds */
export function pageOf(name, tried, kinds) {
  const conflicts = tried.filter(({ merge }) => merge.conflicted);
  const rows = Object.entries(kinds).map(
    ([kind, { caught, missed, alarmed, quiet, ranked }]) =>
      `| ${kind} | ${caught} | ${missed} | ${quiet} | ${alarmed} | ${percent(caught, caught + alarmed)} | ${percent(caught, caught + missed)} | ${ranked === undefined ? "-" : ranked.toFixed(2)} |`,
  );
  return [
    `## ${name}`,
    "",
    `${tried.length} merges of two sides, ${conflicts.length} of which conflicted.`,
    "",
    "| documents have | conflict, not at once | conflict, missed | clean, at once | clean, kept apart | right of those kept apart | conflicts caught | ranked right |",
    "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
    ...samplesOf(tried),
    "",
  ].join("\n");
}

/** The newest conflicts, and the newest clean merges: what the plan would have said. @param {readonly Tried[]} tried */
function samplesOf(tried) {
  const some = [true, false].flatMap((wanted) => tried.filter(({ merge }) => merge.conflicted === wanted).slice(0, 5));
  return [
    "| merge | it | risk by paths | by folders | by words | score of both at once |",
    "| --- | --- | --- | --- | --- | --- |",
    ...some.map(({ merge, risks }) => {
      const shown = ["paths", "folders", "words"].map((kind) => (risks[kind] ?? 0).toFixed(2));
      const score = (2 - 2 * (risks["paths"] ?? 0)).toFixed(2);
      return `| \`${merge.commit.slice(0, 12)}\` | ${merge.conflicted ? "conflicted" : "was clean"} | ${shown.join(" | ")} | ${score} |`;
    }),
  ];
}

/** @param {number} part @param {number} all */
function percent(part, all) {
  return all === 0 ? "-" : `${Math.round((100 * part) / all)} %`;
}
