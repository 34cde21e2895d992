import type { Emit } from "../core/event.ts";
import type { Finding, TestOutcome } from "../core/evidence.ts";
import type { Cache } from "../cache/cache.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import type { Redactor } from "../redact/redact.ts";
import type { TaskResult } from "./task-result.ts";

/** Tells what a task left, then that it ended: the same for one that ran and for one that is replayed. */
export function emitResult(result: TaskResult, emit: Emit, { texts, redactor }: { readonly texts: SourceTexts; readonly redactor: Redactor }): void {
  const { task, evidence, status, cache, durationMs, savedMs, summary, reason, missed, diagnostics, log } = result;
  for (const finding of evidence?.findings ?? []) {
    const excerpt = excerptOf(finding, texts);
    emit({ type: "finding", finding, ...(excerpt === undefined ? {} : { excerpt: redactor.text(excerpt) }) }, task.id);
  }
  for (const test of evidence?.tests ?? []) if (test.outcome === "failed" || test.outcome === "error") emit({ type: "test", test: withRepro(test, result) }, task.id);
  emit(
    {
      type: "task-finished",
      status,
      cache,
      durationMs: Math.round(durationMs),
      savedMs: Math.round(savedMs),
      summary,
      ...(reason === undefined ? {} : { reason }),
      ...(missed === undefined ? {} : { missed }),
      ...(diagnostics === undefined ? {} : { diagnostics }),
      ...(log === undefined ? {} : { log }),
    },
    task.id,
  );
}

/** Tells the log of a hit again, line by line. */
export function replayLog({ task, logBlob }: TaskResult, emit: Emit, cache: Cache): void {
  const blob = logBlob === undefined ? undefined : cache.readBlob(logBlob);
  if (blob?.ok !== true) return;
  for (const line of blob.value.toString("utf8").split("\n").slice(0, -1)) emit({ type: "task-output", stream: "stdout", line }, task.id);
}

function excerptOf({ file, range }: Finding, texts: SourceTexts): string | undefined {
  return range === undefined ? undefined : texts.source(file)?.text.split("\n")[range.start.line - 1]?.replace(/\r$/, "");
}

/** A repro names the tool by a token, since where it lies is not part of the evidence. */
function withRepro(test: TestOutcome, { display = [], task }: TaskResult): TestOutcome {
  if (test.repro === undefined) return test;
  const folder = test.repro.startsWith("cd ") ? task.project.root : ".";
  return { ...test, repro: test.repro.replaceAll("{tool}", display.map((word) => seenFrom(folder, word)).join(" ")) };
}

/** A program that lies in the repository, as it is typed in one of its folders. */
function seenFrom(folder: string, word: string): string {
  const isRelative = word.includes("/") && !word.startsWith("/");
  return folder === "." || !isRelative ? word : `${"../".repeat(folder.split("/").length)}${word}`;
}
