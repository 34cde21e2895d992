import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Cache } from "../../cache/cache.ts";
import type { HistoryEntry } from "../../cache/history.ts";
import { HIDDEN } from "../../execute/explain-miss.ts";
import { keptFingerprint } from "../../execute/kept-fingerprint.ts";
import type { Prepared } from "../../execute/prepare.ts";
import { createRedactor, type Redactor } from "../../redact/redact.ts";
import { secretValuesOf } from "../../redact/secret-name.ts";
import type { RunRequest } from "../../request.ts";
import { prepareForWhy } from "../prepare-for-why.ts";
import { diffFingerprints, type Difference, type FingerprintDiff, type ReadBlob } from "../../fingerprint/diff.ts";
import type { FingerprintRecord } from "../../fingerprint/record.ts";
import { ago } from "../ago.ts";
import type { CliCommand, CliOutput } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";
import { runRequest } from "../run-request.ts";

/** `symbiotic why`: what changed since a task was last known. */
export const whyCommand: CliCommand = {
  name: "why",
  summary: "why a task ran, or would run now: what changed since it was last known",
  usage: "<project>:<atom> [options]",
  positionals: { least: 1, most: 1, what: "a task: <project>:<atom id or alias>" },
  options: {},
  examples: [["symbiotic why api:pytest", "the inputs that changed, as before → after"]],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const request = runRequest(parsed, context, opened.value.config.settings);
    if (!request.ok) return request;
    const found = prepareForWhy(opened.value, request.value, (id, prepared, cache) =>
      explain({ id, prepared, cache, now: Date.now(), redactor: redactorOf(request.value) }),
    );
    return found.ok ? found.value : found;
  },
};

interface Question {
  readonly id: string;
  readonly prepared: Prepared;
  readonly cache: Cache;
  readonly now: number;
  readonly redactor: Redactor;
}

function redactorOf({ environment }: Pick<RunRequest, "environment">): Redactor {
  return createRedactor({ secretValues: secretValuesOf(environment) });
}

function explain({ id, prepared, cache, now, redactor }: Question): Result<CliOutput, readonly Diagnostic[]> {
  const entries = cache.history.of(id);
  const last = entries.at(-1);
  if (last === undefined)
    return ok({
      exitCode: 0,
      text: `${id} has never run here`,
      json: { task: id, state: "never-run", differences: [] },
    });
  const parts = prepared.fingerprint.parts();
  const read: ReadBlob = (digest) => parts.get(digest) ?? textOf(cache, digest);
  const isCurrent = last.key === prepared.fingerprint.key;
  const before = isCurrent ? entries.filter(({ key }) => key !== last.key).at(-1) : last;
  if (before === undefined) return ok(firstRun(id, last, now));
  const [older, newer] = [
    recordOf(before, read),
    isCurrent ? recordOf(last, read) : keptFingerprint(prepared.fingerprint, redactor).record,
  ];
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

function textOf(cache: Cache, digest: string): string | undefined {
  const blob = cache.readBlob(digest);
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
