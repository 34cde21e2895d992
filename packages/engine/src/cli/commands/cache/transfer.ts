import { resolve } from "node:path";
import type { Diagnostic } from "../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import { EXIT } from "../../../core/status.ts";
import { openCache } from "../../../cache/open-cache.ts";
import type { CacheRecord } from "../../../cache/record.ts";
import { exportCache, type TransferStep } from "../../../cache/transfer/export-cache.ts";
import { importCache } from "../../../cache/transfer/import-cache.ts";
import { findRun } from "../../../journal/resumable.ts";
import { count } from "../../../report/numbers.ts";
import type { CliOutput, Parsed } from "../../command.ts";
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
    return withProgress(call, "export", async (progress) => {
      const done = await exportCache({
        ...{ directory, file: fileOf(call), limits: limits.value, signal: context.signal, progress },
        ...(used === undefined ? {} : { select }),
      });
      if (!done.ok) return fail([done.error]);
      const { problems, ...facts } = done.value;
      warn(context, problems);
      const { records, blobs, bytes, archiveBytes, pathBound } = facts;
      const left = pathBound > 0 ? `; ${count(pathBound, "record")} left out, right only in this place` : "";
      const text = `exported ${count(records, "record")} and ${count(blobs, "blob")} (${formatBytes(bytes)}) to ${name(call)} (${formatBytes(archiveBytes)})${left}`;
      return ok({
        exitCode: EXIT.passed,
        json: { file: name(call), ...facts, problems: problemsJson(problems) },
        text,
      });
    });
  },
};

/** `cache import`: takes in what another cache exported. */
export const importAction: CacheAction = {
  takesFile: true,
  options: ["optional"],
  async run(call) {
    const { directory, limits, context, parsed } = call;
    const { maxBytes } = limits;
    return withProgress(call, "import", async (progress) => {
      const done = await importCache({ directory, file: fileOf(call), maxBytes, signal: context.signal, progress });
      if (!done.ok) return parsed.flags.has("optional") ? passedOver(call, done.error) : fail([done.error]);
      const { problems, ...facts } = done.value;
      warn(context, problems);
      keepLimits(call);
      const { records, known, blobs, bytes, foreign } = facts;
      const more = [
        ...(known > 0 ? [`${count(known, "record")} known already`] : []),
        ...(foreign > 0 ? [`${count(foreign, "entry").replace(/ys$/, "ies")} passed over`] : []),
      ];
      const text = [
        `imported ${count(records, "new record")} and ${count(blobs, "new blob")} (${formatBytes(bytes)})`,
        ...more,
      ];
      return ok({
        exitCode: EXIT.passed,
        json: { file: name(call), taken: true, ...facts, problems: problemsJson(problems) },
        text: text.join("; "),
      });
    });
  },
};

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

async function withProgress(
  { context }: CacheCall,
  verb: string,
  act: (progress: (step: TransferStep) => void) => Promise<Output>,
): Promise<Output> {
  using line = progressLine(context);
  try {
    return await act((step) => show(line, verb, step));
  } catch (error) {
    // What was begun is gone again; `main` tells the exit code.
    if (context.signal.aborted) return ok({ exitCode: EXIT.interrupted });
    throw error;
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
