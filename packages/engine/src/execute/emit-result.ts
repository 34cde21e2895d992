import type { Diagnostic } from "../core/diagnostic.ts";
import type { Emit, EvidenceMeasured, TestIds } from "../core/event.ts";
import type { Evidence, TestOutcome } from "../core/evidence.ts";
import { placedText } from "../core/portable-text.ts";
import type { Cache } from "../cache/cache.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import type { Redactor } from "../redact/redact.ts";
import { lineAt } from "../finding/fingerprint.ts";
import type { Judge, JudgedFinding } from "../finding/judge.ts";
import { keptText } from "./replay.ts";
import type { TaskResult } from "./task-result.ts";
import { tellLines } from "./tell-lines.ts";

/** Tells what a task left, then that it ended: the same for one that ran and for one that is replayed. */
export function emitResult(
  result: TaskResult,
  emit: Emit,
  { texts, redactor, judge }: { readonly texts: SourceTexts; readonly redactor: Redactor; readonly judge: Judge },
): void {
  const { task, evidence, status, cache, durationMs, savedMs, summary, reason, missed, diagnostics, log } = result;
  const resumed = result.resumed === true ? { resumed: true as const } : {};
  const found = judge.judge(evidence);
  for (const { finding, fingerprint, isKnown } of found) {
    const excerpt = finding.range && lineAt(texts.source(finding.file), finding.range.start.line);
    emit(
      {
        type: "finding",
        finding: { ...finding, message: placedText(finding.message) },
        fingerprint,
        ...(isKnown ? { known: true } : {}),
        ...(excerpt === undefined ? {} : { excerpt: redactor.text(excerpt) }),
      },
      task.id,
    );
  }
  for (const test of evidence?.tests ?? [])
    if (test.outcome === "failed" || test.outcome === "error")
      emit({ type: "test", test: withRepro(test, result) }, task.id);
  const measured = evidence && measuredIn(evidence);
  if (measured !== undefined) emit(measured, task.id);
  emit(
    {
      type: "task-finished",
      status,
      cache,
      ...resumed,
      durationMs: Math.round(durationMs),
      savedMs: Math.round(savedMs),
      summary: placedText(withKnown(summary, found)),
      ...(evidence?.findings === undefined ? {} : { tool: evidence.tool }),
      ...(reason === undefined ? {} : { reason: placedText(reason) }),
      ...(result.attempts === undefined ? {} : { attempts: result.attempts }),
      ...(result.flaky === true ? { flaky: true } : {}),
      ...(missed === undefined ? {} : { missed }),
      ...(result.served === undefined ? {} : { served: result.served }),
      ...(diagnostics === undefined ? {} : { diagnostics: diagnostics.map(placed) }),
      ...(log === undefined ? {} : { log }),
    },
    task.id,
  );
}

/** What reports are made of beside findings and failures; undefined where nothing was measured. */
function measuredIn({ metrics = [], coverage, tests = [] }: Evidence): EvidenceMeasured | undefined {
  const ids: Partial<Record<keyof TestIds, string[]>> = {};
  for (const { outcome, id } of tests) if (outcome !== "failed" && outcome !== "error") (ids[outcome] ??= []).push(id);
  const hasTests = Object.keys(ids).length > 0;
  if (metrics.length === 0 && coverage === undefined && !hasTests) return undefined;
  return {
    type: "measured",
    ...(metrics.length === 0 ? {} : { metrics }),
    ...(coverage === undefined ? {} : { coverage }),
    ...(hasTests ? { tests: ids } : {}),
  };
}

/** A tool counts all that it finds. */
function withKnown(summary: string, found: readonly JudgedFinding[]): string {
  const known = found.filter(({ isKnown }) => isKnown).length;
  return known === 0 ? summary : `${summary}, ${String(known)} in the baseline`;
}

function placed(diagnostic: Diagnostic): Diagnostic {
  const { message, notes } = diagnostic;
  return {
    ...diagnostic,
    message: placedText(message),
    ...(notes === undefined ? {} : { notes: notes.map((note) => placedText(note)) }),
  };
}

/** Tells the log of a hit again, as much of it as of a task that runs, with the places that it names as they are in this checkout, whose absolute root is `root`. */
export function replayLog(
  { task, record }: TaskResult,
  emit: Emit,
  { cache, root }: { readonly cache: Pick<Cache, "readBlob">; readonly root: string },
): void {
  const log = record === undefined ? undefined : keptText(record, "log", cache);
  const teller = tellLines((stream, line) => {
    emit({ type: "task-output", stream, line: placedText(line, root) }, task.id);
  });
  for (const line of (log ?? "").split("\n").slice(0, -1)) teller.take("stdout", line);
  teller.close();
}

/** A repro names the tool by a token, since where it lies is not part of the evidence. */
function withRepro(test: TestOutcome, { display = [], task }: TaskResult): TestOutcome {
  const told = test.message === undefined ? test : { ...test, message: placedText(test.message) };
  if (test.repro === undefined) return told;
  const folder = test.repro.startsWith("cd ") ? task.project.root : ".";
  return { ...told, repro: test.repro.replaceAll("{tool}", display.map((word) => seenFrom(folder, word)).join(" ")) };
}

/** A program that lies in the repository, as it is typed in one of its folders. */
function seenFrom(folder: string, word: string): string {
  const isRelative = word.includes("/") && !word.startsWith("/");
  return folder === "." || !isRelative ? word : `${"../".repeat(folder.split("/").length)}${word}`;
}
