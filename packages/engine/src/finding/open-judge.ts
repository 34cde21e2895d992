import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import { BASELINE, readBaseline } from "./baseline.ts";
import { createJudge, type Judge } from "./judge.ts";
import type { Severities } from "./severity.ts";

/** What a configuration says of findings. */
export interface FindingSettings {
  readonly severity?: Severities | undefined;
  /** Where the baseline lies, from the repository root. */
  readonly baseline?: RepoPath | undefined;
}

/** The judge of a repository: by its settings, and by its baseline where there is one, in the work tree or elsewhere. */
export function openJudge(
  settings: FindingSettings,
  texts: SourceTexts,
  baseline: SourceTexts = texts,
): Result<Judge, Diagnostic> {
  const source = baseline.source(settings.baseline ?? BASELINE);
  const entries = source === undefined ? ok([]) : readBaseline(source);
  if (!entries.ok) return entries;
  const known = new Set(entries.value.map(({ fingerprint }) => fingerprint));
  return ok(createJudge({ severities: settings.severity ?? {}, known, texts }));
}
