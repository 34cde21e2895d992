import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { BASELINE } from "../finding/baseline.ts";
import { isJudgedFile } from "../gate/kept/checks-kept.ts";
import type { RunParts } from "../run-parts.ts";
import { textsOfChange, type TextsOfFile } from "../workspace/texts-of-change.ts";

/** Where the baseline of findings lies. */
export function baselineOf({ opened }: Pick<RunParts, "opened">): RepoPath {
  return opened.config.settings.baseline ?? BASELINE;
}

/** The texts of the files of the change that tell whether it asks less of itself; none where the run compares with nothing. */
export function judgedTexts(parts: Pick<RunParts, "opened" | "plan">): Result<readonly TextsOfFile[], Diagnostic> {
  const { opened, plan } = parts;
  if (plan.changes === undefined) return ok([]);
  const baseline = baselineOf(parts);
  return textsOfChange(opened, plan.changes, (path) => isJudgedFile(path, baseline));
}
