import { byCodeUnit } from "../../core/json.ts";
import { createRedactor, type Redactor } from "../../redact/redact.ts";
import type { Policy } from "../policy/policy.ts";
import type { Violation } from "../violation.ts";
import type { FileChange } from "./file-change.ts";
import { fileViolations } from "./judge-file.ts";
import { placeViolations, settingsViolations } from "./judge-path.ts";
import { textViolations } from "./judge-text.ts";

const USUAL = createRedactor({ secretValues: [] });

/**
 * All that a change does and its policy does not allow, by path and line; nothing: it may be applied. `redactor` knows the
 * secrets of this environment, which no change may add either. Takes time in proportion to the change. Pure.
 */
export function judgeDiff(
  policy: Policy,
  changes: readonly FileChange[],
  redactor: Redactor = USUAL,
): readonly Violation[] {
  // Of so many nothing was read, and nobody reads what is wrong with each.
  if (changes.length > policy.maxFiles) return [countViolation(policy, changes.length)];
  return changes.flatMap((change) => judgeChange(policy, change, redactor)).toSorted(inOrder);
}

function judgeChange(policy: Policy, change: FileChange, redactor: Redactor): Violation[] {
  // A path that is none, or holds a secret, is not told on as it is.
  const path = redactor.text(change.path);
  if (path !== change.path)
    return [{ code: "SYM5012", message: "the name of a file holds what looks like a secret", path }];
  return [
    ...placeViolations(policy, change),
    ...settingsViolations(policy, change),
    ...fileViolations(policy, change),
    ...(change.kind === "deleted" ? [] : textViolations(policy, change, redactor)),
  ];
}

function countViolation({ maxFiles }: Policy, count: number): Violation {
  return { code: "SYM5006", message: `the change touches ${String(count)} files, of ${String(maxFiles)} allowed` };
}

function inOrder(a: Violation, b: Violation): number {
  return (
    byCodeUnit(a.path ?? "", b.path ?? "") ||
    (a.line ?? 0) - (b.line ?? 0) ||
    byCodeUnit(a.code, b.code) ||
    byCodeUnit(a.rule ?? "", b.rule ?? "")
  );
}
