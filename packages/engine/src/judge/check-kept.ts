import type { Diagnostic } from "../core/diagnostic.ts";
import type { FindingReported, GateDecided } from "../core/event.ts";
import { ok, type Result } from "../core/result.ts";
import { settingIn } from "../gate/decide.ts";
import { CHECKS_KEPT, decideKept, weakeningsIn } from "../gate/kept/checks-kept.ts";
import type { AlteredPart } from "../gate/kept/quality-settings.ts";
import { hiddenFiles } from "./hidden-files.ts";
import { lostChecks } from "./lost-checks.ts";
import type { RunParts } from "../run-parts.ts";
import type { TextsOfFile } from "../workspace/texts-of-change.ts";
import { baselineOf } from "./judged-texts.ts";

/** The gate, and the findings that it decided by. */
export interface Kept {
  readonly findings: readonly FindingReported[];
  readonly gate: GateDecided;
}

/**
 * Looks whether a change asks less of itself than was asked before. Undefined where the run compares with nothing, and where
 * the work tree judges and there is nothing to say. `named`: files that are settings by what tools look up.
 */
export function checkKept(
  parts: RunParts,
  texts: readonly TextsOfFile[],
  named: readonly AlteredPart[],
): Result<Kept | undefined, Diagnostic> {
  const { opened, plan, request } = parts;
  const { settings } = opened.config;
  if (plan.changes === undefined) return ok(undefined);
  const by = request.judging?.by;
  const base = by !== undefined && "base" in by ? by.base : undefined;
  const hidden = base === undefined ? ok([]) : hiddenFiles(base, parts);
  if (!hidden.ok) return hidden;
  const evidence = { tool: "symbiotic", findings: weakeningsIn(texts, baselineOf(parts), hidden.value, named) };
  const judged = opened.judge.judge(evidence);
  const counted = judged.filter(({ isKnown }) => !isKnown);
  const lost = base === undefined ? [] : lostChecks(base.opened, parts);
  if (by === undefined && counted.length === 0) return ok(undefined);
  const gate = decideKept({
    weakenings: counted.map(({ finding }) => finding),
    fingerprints: counted.map(({ fingerprint }) => fingerprint),
    lost,
    setting: settingIn(settings.gates?.[CHECKS_KEPT], ""),
    isJudgedByBase: by !== undefined,
  });
  const findings = judged.map(({ finding, fingerprint, isKnown }): FindingReported => {
    return { type: "finding", finding, fingerprint, ...(isKnown ? { known: true } : {}) };
  });
  return ok({ findings, gate });
}
