import type { GateDecided } from "../../core/event.ts";
import type { Finding } from "../../core/evidence.ts";
import { byCodeUnit } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import type { GateSetting } from "../../config/schema.ts";
import type { ChangedText, Weakening } from "./changed-text.ts";
import { hiddenSign, type HiddenFiles } from "./hidden-files.ts";
import { mayHaveMarks, newMarks } from "./line-marks.ts";
import { lostAssertions, removedTests } from "./lost-tests.ts";
import { changedSettings, isSettingsFile, settingsSign, type AlteredPart } from "./quality-settings.ts";
import { isTestFile } from "./test-file.ts";

/** What the configuration calls the gate. */
export const CHECKS_KEPT = "checks_kept";

/** Whether a file can hold such signs. `baseline`: where that of findings lies. */
export function isJudgedFile(path: RepoPath, baseline: RepoPath): boolean {
  return mayHaveMarks(path) || isTestFile(path) || isSettingsFile(path, baseline);
}

/**
 * The signs that a change asks less of itself, by file and line. `baseline`: where that of findings lies; `named`: files that are
 * settings by what tools look up. Pure.
 */
export function weakeningsIn(
  changes: readonly ChangedText[],
  baseline: RepoPath,
  hidden: readonly HiddenFiles[] = [],
  named: readonly AlteredPart[] = [],
): Finding[] {
  const all = [
    ...changes.flatMap((change) => [...newMarks(change), ...changedSettings(change, baseline)]),
    ...removedTests(changes),
    ...lostAssertions(changes),
    ...hidden.map(hiddenSign),
    ...named.map(settingsSign),
  ];
  return all
    .toSorted((a, b) => byCodeUnit(a.file, b.file) || (a.line ?? 0) - (b.line ?? 0) || byCodeUnit(a.rule, b.rule))
    .map(findingOf);
}

function findingOf({ rule, message, file, line }: Weakening): Finding {
  const range = line === undefined ? {} : { range: { start: { line, column: 1 } } };
  return { tool: "symbiotic", rule, level: "warning", message, file, ...range };
}

/** What the gate is decided on. */
export interface KeptInput {
  readonly weakenings: readonly Finding[];
  readonly fingerprints: readonly string[];
  /** Checks that the base has and the change does not, in words. */
  readonly lost: readonly string[];
  readonly setting: GateSetting;
  /** That the base decides by what is judged, and so whether this gate counts. */
  readonly isJudgedByBase: boolean;
}

/**
 * Whether a change keeps what was asked of it before. It holds where a person must look: what is new may be right. It counts
 * where the base judges, unless the base's configuration says otherwise.
 */
export function decideKept({ weakenings, fingerprints, lost, setting, isJudgedByBase }: KeptInput): GateDecided {
  const allowed = setting.threshold ?? 0;
  const count = weakenings.length + lost.length;
  const isKept = count <= allowed;
  const notes = [
    ...(isKept ? [] : [...lost, ...tally(weakenings)]),
    ...(isJudgedByBase ? [] : ["here the work tree's own settings count; in CI those of the base"]),
  ];
  return {
    type: "gate-decided",
    id: CHECKS_KEPT,
    gate: "checks kept",
    measured: count === 0 ? "all" : `${String(count)} ${count === 1 ? "sign" : "signs"} of less`,
    wanted: allowed === 0 ? "all" : `at most ${String(allowed)}`,
    verdict: isKept ? "pass" : "hold",
    required: setting.required ?? isJudgedByBase,
    ...(notes.length === 0 ? {} : { note: notes.join("; ") }),
    projects: [],
    ...(fingerprints.length === 0 ? {} : { findings: fingerprints }),
  };
}

const WORDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  "new-suppression": ["new suppression", "new suppressions"],
  "skipped-test": ["test skipped", "tests skipped"],
  "removed-test": ["test removed", "tests removed"],
  "fewer-assertions": ["file with fewer assertions", "files with fewer assertions"],
  "changed-collection": ["hook on tests", "hooks on tests"],
  "changed-settings": ["setting changed", "settings changed"],
  "hidden-file": ["ignore file that hides files", "ignore files that hide files"],
};

function tally(findings: readonly Finding[]): string[] {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return [...counts].map(([rule, count]) => `${String(count)} ${WORDS[rule]?.[count === 1 ? 0 : 1] ?? rule}`);
}
