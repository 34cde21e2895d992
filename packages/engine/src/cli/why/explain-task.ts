import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { HistoryEntry } from "../../cache/history.ts";
import { diffFingerprints, type Difference, type FingerprintDiff, type ReadBlob } from "../../fingerprint/diff.ts";
import type { Digest, FingerprintRecord } from "../../fingerprint/record.ts";
import { HIDDEN } from "../../fingerprint/hidden.ts";
import { ago } from "../ago.ts";
import type { CliOutput } from "../command.ts";
import { table } from "../table.ts";

/** A task whose last run is to be explained, or its next one. */
export interface Question {
  readonly id: string;
  /** The key that it has now. */
  readonly key: Digest;
  /** How its runs ended, the oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the key is made of, for one that the task never ran under. */
  readonly record: () => FingerprintRecord | undefined;
  readonly read: ReadBlob;
}

/** What changed since a task was last known, from the history of its runs and from what it stands on now. */
export function explain({ id, key, entries, now, record, read }: Question): Result<CliOutput, readonly Diagnostic[]> {
  const last = entries.at(-1);
  if (last === undefined)
    return ok({
      exitCode: 0,
      text: `${id} has never run here`,
      json: { task: id, state: "never-run", differences: [] },
    });
  const isCurrent = last.key === key;
  const before = isCurrent ? entries.filter((entry) => entry.key !== last.key).at(-1) : last;
  if (before === undefined) return ok(firstRun(id, last, now));
  const [older, newer] = [recordOf(before, read), isCurrent ? recordOf(last, read) : record()];
  if (older === undefined || newer === undefined)
    return fail([
      errorOf("SYM6020", `what ${id} last ran on is no longer kept`, {
        hint: "run it once more; `why` compares from then on",
      }),
    ]);
  return ok(shown({ id, diff: withHidden(diffFingerprints(older, newer, read)), isCurrent, last, before, now }));
}

/** The keys differ, so something does: secrets are taken out of what is kept. */
function withHidden(diff: FingerprintDiff): FingerprintDiff {
  return diff.differences.length > 0
    ? diff
    : { ...diff, differences: [{ kind: "command", name: HIDDEN, before: "[redacted]", after: "[redacted]" }] };
}

/** The text of a blob, where the cache could give it. */
export function textOf(blob: Result<Buffer, Diagnostic>): string | undefined {
  return blob.ok ? blob.value.toString("utf8") : undefined;
}

function recordOf(entry: HistoryEntry, read: ReadBlob): FingerprintRecord | undefined {
  const text = read(entry.fingerprintDigest);
  return text === undefined ? undefined : (JSON.parse(text) as FingerprintRecord);
}

function firstRun(id: string, last: HistoryEntry, now: number): CliOutput {
  return {
    exitCode: 0,
    text: `${id} ran because it had never run here before (run ${last.run}, ${ago(now - last.at)})\nnothing it reads has changed since`,
    json: { task: id, state: "first-run", run: last.run, differences: [] },
  };
}

interface Shown {
  readonly id: string;
  readonly diff: FingerprintDiff;
  readonly isCurrent: boolean;
  readonly last: HistoryEntry;
  readonly before: HistoryEntry;
  readonly now: number;
}

function shown({ id, diff, isCurrent, last, before, now }: Shown): CliOutput {
  const { files, variables, upstream } = diff.unchanged;
  const head = isCurrent ? `${id} ran in ${last.run} because` : `${id} would run now because`;
  const rows = table(
    diff.differences.map((each) => [
      `  ${each.kind}`,
      each.name,
      `${short(each, each.before)} → ${short(each, each.after)}`,
    ]),
  );
  const text = [
    head,
    rows,
    `unchanged: ${String(files)} files, ${String(variables)} variables, ${String(upstream)} upstream results`,
    `compared with run ${before.run} (${ago(now - before.at)}, ${before.status})`,
  ].join("\n");
  const json = {
    task: id,
    state: isCurrent ? "ran" : "would-run",
    run: isCurrent ? last.run : null,
    comparedWith: before.run,
    differences: diff.differences.map((each) => ({ ...each })),
    unchanged: { ...diff.unchanged },
  };
  return { exitCode: 0, text, json };
}

/** Digests by their beginnings; a long text by its length, since a person sees the place and not the bytes. */
function short({ kind }: Difference, value: string | null): string {
  if (value === null) return kind === "file" || kind === "tool" ? "none" : "not set";
  if (/^[0-9a-f]{64}/.test(value)) return `${value.slice(0, 4)}…${value.slice(64)}`;
  return value.length > 80 ? `${value.slice(0, 79)}…` : value;
}
