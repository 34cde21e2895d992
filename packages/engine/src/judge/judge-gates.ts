import type { Diagnostic } from "../core/diagnostic.ts";
import type { FindingReported, GateDecided } from "../core/event.ts";
import type { Result } from "../core/result.ts";
import type { TaskResult } from "../execute/task-result.ts";
import { decideKept } from "../gate/kept/checks-kept.ts";
import { checkKept } from "./check-kept.ts";
import type { Divided } from "./divide-run.ts";
import { compareGates } from "./compare-gates.ts";
import { severeBefore } from "./severe-before.ts";
import { judgedTexts } from "./judged-texts.ts";
import { gatesOver } from "../gates-over.ts";
import type { RunParts } from "../run-parts.ts";

/** What became of the gates of a run. */
export interface JudgedGates {
  /** Those that no task left: signs that the change asks less of itself. */
  readonly findings: readonly FindingReported[];
  readonly gates: readonly GateDecided[];
  /** Why something could not be compared; then no gate passes. */
  readonly problems: readonly Diagnostic[];
}

/** Asks the gates that the tasks of a run feed, with the change where there is one. */
export async function judgeGates(
  parts: RunParts,
  results: readonly TaskResult[],
  divided: Omit<Divided, "plan" | "main" | "notices">,
): Promise<JudgedGates> {
  const { opened, request } = parts;
  const texts = divided.texts ?? judgedTexts(parts);
  const comparison = await compareGates(parts, texts.ok ? texts.value : [], divided);
  const kept = texts.ok ? checkKept(parts, texts.value, divided.named) : texts;
  const before = await severeBefore(parts, results);
  const problems = [...[comparison, before].flatMap(errorsOf), ...(kept.ok ? [] : [kept.error])];
  const gates = gatesOver(results, opened, {
    ...(comparison.ok && comparison.value !== undefined ? { comparison: comparison.value } : {}),
    ...(before.ok ? { severeBefore: before.value } : {}),
  });
  const more = kept.ok ? kept.value : undefined;
  const all = more === undefined ? gates : [...gates, more.gate];
  const by = request.judging?.by;
  const unopened = by !== undefined && "held" in by ? by.held : [];
  const held = unopened.length > 0 ? unjudged(unopened) : problems[0]?.message;
  const judged = held === undefined ? all : (kept.ok ? all : [...all, UNJUDGED]).map((gate) => hold(gate, held));
  return { findings: more?.findings ?? [], gates: judged, problems: [...unopened, ...problems] };
}

function errorsOf(asked: Result<unknown, readonly Diagnostic[]>): readonly Diagnostic[] {
  return asked.ok ? [] : asked.error;
}

function unjudged([first]: readonly Diagnostic[]): string {
  return `the base cannot judge: ${first === undefined ? "it cannot be opened" : `${first.code} ${first.message}`}`;
}

/** Where it could not even be looked whether the checks are kept. */
const UNJUDGED = decideKept({ weakenings: [], fingerprints: [], lost: [], setting: {}, isJudgedByBase: true });

/** A verdict that nobody may give. */
function hold(gate: GateDecided, because: string): GateDecided {
  const note = gate.note === undefined ? because : `${because}; ${gate.note}`;
  return { ...gate, required: true, note, verdict: gate.verdict === "fail" ? "fail" : "hold" };
}
