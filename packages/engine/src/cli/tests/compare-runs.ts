import type { Evidence, TestOutcome } from "../../core/evidence.ts";
import { byCodeUnit, canonicalJson } from "../../core/json.ts";
import { joinRepo, type RepoPath } from "../../core/path.ts";
import type { Outcome } from "../../plugin/atom.ts";
import type { Decision } from "./selection.ts";

/** Something in which a run of parts differs from what is kept of them. */
export interface Difference {
  /** The part; `null` where it cannot be said of which. */
  readonly part: string | null;
  /** What differs: a test, or the coverage of a file. */
  readonly what: string;
  /** By its record. */
  readonly kept: string;
  /** By the run. */
  readonly now: string;
}

/** Two runs of a task over the same files. */
export interface TwoRuns {
  /** The folder of the task's project: ids of tests begin there. */
  readonly root: RepoPath;
  /** The parts that were left out of the first and ran in the second. */
  readonly sample: readonly string[];
  readonly first: Outcome;
  readonly second: Outcome;
  /** What the second did with each part. */
  readonly decisions: Readonly<Record<string, Decision>>;
}

/** In what the second run differs from the first, as far as that is about the sample. What ran in both may have its own reasons to differ. */
export function compareRuns(runs: TwoRuns): readonly Difference[] {
  const { sample, second, decisions } = runs;
  const ofTests = compareTests(runs);
  const told = new Set(ofTests.map(({ part }) => part));
  const given = new Set(second.parts?.map(({ name }) => name));
  const silent = sample
    .filter((part) => !given.has(part) && !told.has(part))
    .map((part): Difference => {
      const { reason, evidence } = decisions[part] ?? { reason: "nothing is said of it", evidence: [] };
      return { part, what: part, kept: "may be left out", now: `may not: ${[...evidence, reason][0] ?? ""}` };
    });
  const isAlone = second.served?.ran === sample.length;
  return [...ofTests, ...silent, ...(isAlone ? compareCoverage(runs.first.evidence, second.evidence) : [])];
}

/** Which tests of a task that ran in parts, each by itself, end otherwise where all of it ran together. `root`: the folder of its project. */
export function compareTogether(root: RepoPath, apart: Outcome, together: Outcome): readonly Difference[] {
  return changedTests(apart, together).map((each) => ({ ...each, part: ownerOf(root, each.what) }));
}

function compareTests({ root, sample, first, second, decisions }: TwoRuns): Difference[] {
  const sampled = new Set(sample);
  return changedTests(first, second).flatMap((each): Difference[] => {
    const owner = ownerOf(root, each.what);
    if (!sampled.has(owner) && Object.hasOwn(decisions, owner)) return [];
    return [{ ...each, part: sampled.has(owner) ? owner : null }];
  });
}

const NOT_THERE = "not there";

function changedTests(first: Outcome, second: Outcome): Omit<Difference, "part">[] {
  const [before, after] = [outcomesOf(first), outcomesOf(second)];
  return [...new Set([...before.keys(), ...after.keys()])].sort(byCodeUnit).flatMap((what) => {
    const [kept = NOT_THERE, now = NOT_THERE] = [before.get(what), after.get(what)];
    return kept === now ? [] : [{ what, kept, now }];
  });
}

/** The part whose test it is. */
function ownerOf(root: RepoPath, id: string): RepoPath {
  return joinRepo(root, id.split("::")[0] ?? "");
}

function outcomesOf({ evidence }: Outcome): ReadonlyMap<string, TestOutcome["outcome"]> {
  return new Map((evidence.tests ?? []).map(({ id, outcome }) => [id, outcome]));
}

function compareCoverage(first: Evidence, second: Evidence): Difference[] {
  const [before, after] = [first.coverage ?? {}, second.coverage ?? {}];
  const files = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit);
  return files.flatMap((file): Difference[] => {
    const [kept, now] = [before[file], after[file]];
    if (canonicalJson(kept ?? null) === canonicalJson(now ?? null)) return [];
    const lines = (covered: typeof kept): string => (covered === undefined ? NOT_THERE : `lines ${covered.executed}`);
    return [{ part: null, what: `coverage of ${file}`, kept: lines(kept), now: lines(now) }];
  });
}
