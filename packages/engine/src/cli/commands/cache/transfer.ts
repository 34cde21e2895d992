import { resolve } from "node:path";
import type { Diagnostic } from "../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import { EXIT } from "../../../core/status.ts";
import { openCache } from "../../../cache/open-cache.ts";
import type { CacheRecord } from "../../../cache/record.ts";
import { exportCache, type Exported, type TransferStep } from "../../../cache/transfer/export-cache.ts";
import { importCache, type Imported } from "../../../cache/transfer/import-cache.ts";
import { findRun } from "../../../journal/resumable.ts";
import { count } from "../../../report/numbers.ts";
import type { CliOutput } from "../../command.ts";
import type { Parsed } from "../../../plugin/command.ts";
import { type ProgressLine, progressLine } from "../../progress-line.ts";
import { formatBytes } from "../../quantities.ts";
import { type CacheAction, type CacheCall, problemsJson, warn } from "./cache-action.ts";
import { readUsedBy, type UsedBy, usedRecords } from "./used-records.ts";
import { wantedLimits } from "./wanted-limits.ts";

type Output = Result<CliOutput, readonly Diagnostic[]>;

/** `cache export`: the cache, or what some runs used of it, as one file. */
export const exportAction: CacheAction = {
  takesFile: true,
  options: ["max-bytes", "max-age", "last-run", "run"],
  async run(call) {
    const { directory, parsed, context, root } = call;
    const limits = wantedLimits(parsed, call.limits);
    if (!limits.ok) return limits;
    const runs = runsOf(parsed, root);
    if (!runs.ok) return fail([runs.error]);
    const used = runs.value;
    const select = (records: readonly CacheRecord[]): readonly CacheRecord[] => usedRecords(used ?? [], records);
    const request = { directory, file: fileOf(call), limits: limits.value, signal: context.signal };
    const done = await withProgress(call, "export", (progress) =>
      exportCache({ ...request, progress, ...(used === undefined ? {} : { select }) }),
    );
    if (done === undefined) return INTERRUPTED;
    if (!done.ok) return fail([done.error]);
    const { problems, ...facts } = done.value;
    warn(context, problems);
    const json = { file: name(call), ...facts, problems: problemsJson(problems) };
    return ok({ exitCode: EXIT.passed, json, text: exportText(call, done.value) });
  },
};

/** `cache import`: takes in what another cache exported. */
export const importAction: CacheAction = {
  takesFile: true,
  options: ["optional"],
  async run(call) {
    const { directory, limits, context, parsed } = call;
    const request = { directory, file: fileOf(call), maxBytes: limits.maxBytes, signal: context.signal };
    const done = await withProgress(call, "import", (progress) => importCache({ ...request, progress }));
    if (done === undefined) return INTERRUPTED;
    if (!done.ok) return parsed.flags.has("optional") ? passedOver(call, done.error) : fail([done.error]);
    const { problems, ...facts } = done.value;
    warn(context, problems);
    keepLimits(call);
    const json = { file: name(call), taken: true, ...facts, problems: problemsJson(problems) };
    return ok({ exitCode: EXIT.passed, json, text: importText(done.value) });
  },
};

/** What was begun is gone again; `main` tells the exit code. */
const INTERRUPTED: Output = ok({ exitCode: EXIT.interrupted });

function exportText(call: CacheCall, { records, blobs, bytes, archiveBytes, pathBound }: Exported): string {
  const what = `${count(records, "record")} and ${count(blobs, "blob")} (${formatBytes(bytes)})`;
  const left = pathBound > 0 ? `; left out ${count(pathBound, "record")}, right only in this place` : "";
  return `exported ${what} to ${name(call)} (${formatBytes(archiveBytes)})${left}`;
}

function importText({ records, known, foreign, blobs, bytes }: Imported): string {
  return [
    `imported ${count(records, "new record")} and ${count(blobs, "new blob")} (${formatBytes(bytes)})`,
    ...(known > 0 ? [`${count(known, "record")} known already`] : []),
    ...(foreign > 0 ? [`${count(foreign, "thing")} of another version or for another place passed over`] : []),
  ].join("; ");
}

/** The runs whose records are wanted; `undefined` where all are. */
function runsOf({ flags, lists }: Parsed, root: string): Result<readonly UsedBy[] | undefined, Diagnostic> {
  const ids = [...(flags.has("last-run") ? ["latest"] : []), ...(lists.get("run") ?? [])];
  const runs: UsedBy[] = [];
  for (const id of ids) {
    const folder = findRun(root, id);
    if (!folder.ok) return folder;
    const used = readUsedBy(folder.value);
    if (!used.ok) return used;
    runs.push(used.value);
  }
  return ok(ids.length === 0 ? undefined : runs);
}

/** With `--optional` a file that cannot be used costs time and nothing else. */
function passedOver(call: CacheCall, error: Diagnostic): Output {
  const warning = { ...error, severity: "warning" as const };
  warn(call.context, [warning]);
  const json = { file: name(call), taken: false, problems: problemsJson([warning]) };
  return ok({ exitCode: EXIT.passed, json, text: "imported nothing" });
}

/** The bounds hold after an import too, not only from the next day on. */
function keepLimits({ directory, limits }: CacheCall): void {
  const { cache } = openCache(directory, limits);
  if (cache.status().bytes > limits.maxBytes) cache.prune();
  cache.close();
}

/** Does long work under a line that tells how far it is; `undefined` where a signal ended it. */
async function withProgress<T>(
  { context }: CacheCall,
  verb: string,
  act: (progress: (step: TransferStep) => void) => Promise<T>,
): Promise<T | undefined> {
  const line = progressLine(context);
  try {
    return await act((step) => {
      show(line, verb, step);
    });
  } catch (error) {
    if (context.signal.aborted) return undefined;
    throw error;
  } finally {
    line.end();
  }
}

function show(line: ProgressLine, verb: string, { blobs, of, bytes }: TransferStep): void {
  const all = of === undefined ? count(blobs, "blob") : `${String(blobs)} of ${count(of, "blob")}`;
  line.show(() => `${verb} ${all} · ${formatBytes(bytes)}`);
}

function name({ parsed }: CacheCall): string {
  return parsed.positionals[1] ?? "";
}

function fileOf(call: CacheCall): string {
  return resolve(call.context.cwd, name(call));
}
