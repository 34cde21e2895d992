import type { Diagnostic } from "../core/diagnostic.ts";
import type { Emit } from "../core/event.ts";
import type { Finding, TestOutcome } from "../core/evidence.ts";
import { placedText } from "../core/portable-text.ts";
import type { Cache } from "../cache/cache.ts";
import type { SourceText } from "../plugin/project.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import type { Redactor } from "../redact/redact.ts";
import { keptText } from "./replay.ts";
import type { TaskResult } from "./task-result.ts";
import { tellLines } from "./tell-lines.ts";

/** Tells what a task left, then that it ended: the same for one that ran and for one that is replayed. */
export function emitResult(
  result: TaskResult,
  emit: Emit,
  { texts, redactor }: { readonly texts: SourceTexts; readonly redactor: Redactor },
): void {
  const { task, evidence, status, cache, durationMs, savedMs, summary, reason, missed, diagnostics, log } = result;
  const resumed = result.resumed === true ? { resumed: true as const } : {};
  for (const finding of evidence?.findings ?? []) {
    const excerpt = excerptOf(finding, texts);
    emit(
      {
        type: "finding",
        finding: { ...finding, message: placedText(finding.message) },
        ...(excerpt === undefined ? {} : { excerpt: redactor.text(excerpt) }),
      },
      task.id,
    );
  }
  for (const test of evidence?.tests ?? [])
    if (test.outcome === "failed" || test.outcome === "error")
      emit({ type: "test", test: withRepro(test, result) }, task.id);
  emit(
    {
      type: "task-finished",
      status,
      cache,
      ...resumed,
      durationMs: Math.round(durationMs),
      savedMs: Math.round(savedMs),
      summary: placedText(summary),
      ...(reason === undefined ? {} : { reason: placedText(reason) }),
      ...(result.attempts === undefined ? {} : { attempts: result.attempts }),
      ...(result.flaky === true ? { flaky: true } : {}),
      ...(missed === undefined ? {} : { missed }),
      ...(diagnostics === undefined ? {} : { diagnostics: diagnostics.map(placed) }),
      ...(log === undefined ? {} : { log }),
    },
    task.id,
  );
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

function excerptOf({ file, range }: Finding, texts: SourceTexts): string | undefined {
  const source = range === undefined ? undefined : texts.source(file);
  return range === undefined || source === undefined
    ? undefined
    : linesOf(source)[range.start.line - 1]?.replace(/\r$/, "");
}

/** A file may have many findings. */
const lines = new WeakMap<SourceText, readonly string[]>();

function linesOf(source: SourceText): readonly string[] {
  const known = lines.get(source) ?? source.text.split("\n");
  lines.set(source, known);
  return known;
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
