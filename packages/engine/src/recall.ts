import { statSync } from "node:fs";
import { join } from "node:path";
import type { Emit } from "./core/event.ts";
import { digestJson } from "./fingerprint/digest.ts";
import type { Variables } from "./fingerprint/variables.ts";
import { createRunRecord, type RunRecord } from "./journal/run-record.ts";
import { createEmitter } from "./report/emitter.ts";
import type { Reporter } from "./report/reporter.ts";
import { variablesDigest } from "./snapshot/keyed-variables.ts";
import { lookAgain, type SecondLook } from "./snapshot/look-again.ts";
import { indexDigest } from "./snapshot/see-index.ts";
import { prefixOfFile } from "./snapshot/see-records.ts";
import { kindAt } from "./snapshot/seen-paths.ts";
import { keptResults, type KeptResults } from "./snapshot/kept-results.ts";
import type { KeptEvents } from "./snapshot/snapshot.ts";
import {
  parseSnapshot,
  readSnapshotBytes,
  snapshotFile,
  writeSnapshot,
  type StoredSnapshot,
} from "./snapshot/snapshot-file.ts";
import { askUntracked } from "./snapshot/untracked.ts";
import { findWorkTree } from "./snapshot/work-tree.ts";

/** What a run is recalled by, and who is told. */
export interface RecallRequest {
  readonly cwd: string;
  readonly command: string;
  readonly version: string;
  readonly environment: Variables;
  readonly home: string;
  /** This Node, absolute. */
  readonly node: string;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  readonly startedAt: Date;
  readonly reporters: (record: RunRecord) => readonly Reporter[];
}

/** What came of recalling a run: it was told, or only inputs changed and the rest of it is known. */
export type Recalled = { readonly exitCode: number } | { readonly kept: KeptResults };

/**
 * Tells a run of which nothing changed since it was remembered, without opening, planning or looking anything up. Gives its
 * exit code. Where inputs changed it gives what is known beside them; undefined where more may have changed. In both
 * cases nothing has happened.
 */
export async function recall(request: RecallRequest): Promise<Recalled | undefined> {
  const begin = request.now();
  const tree = findWorkTree(request.cwd);
  const file = tree && snapshotFile(tree.gitDir, request.command);
  const bytes = file === undefined ? undefined : readSnapshotBytes(file);
  if (tree === undefined || file === undefined || bytes === undefined) return undefined;
  // Git lists in a process beside this one while every file is looked at here.
  const untracked = askUntracked(tree.root, request.environment);
  const stored = parseSnapshot(bytes, request);
  if (stored?.snapshot.root !== tree.root || stored.snapshot.user !== (process.getuid?.() ?? null)) return undefined;
  const look = await compare(stored, request, tree.gitDir);
  if (look === undefined || (await untracked) !== stored.snapshot.untracked) return undefined;
  const kept = look.changed.length > 0 ? keptResults(stored.snapshot, stored.seen, look.changed) : undefined;
  if (look.changed.length > 0) return kept && { kept };
  const record = createRunRecord(tree.root, request.startedAt);
  if (!record.ok) return undefined;
  const exitCode = await tell(stored, record.value, { ...request, begin });
  if (look.hasLearned) writeSnapshot(file, stored);
  await keepSmall(stored.snapshot.cache, tree.root, request.startedAt.getTime());
  return { exitCode };
}

/** Whether all that the snapshot saw is as it was, inputs left aside; undefined if not. */
async function compare(
  { snapshot, seen }: StoredSnapshot,
  { environment, home, node }: RecallRequest,
  gitDir: string,
): Promise<SecondLook | undefined> {
  const { variables, tools, root, hashLength, cache } = snapshot;
  if (variablesDigest(environment, variables.declared, root) !== variables.digest) return undefined;
  const look = lookAgain(seen, { root, now: Date.now });
  if (look.changed.some((at) => kindAt(seen, at) !== "input")) return undefined;
  const isIndexWritten = look.written.some((at) => kindAt(seen, at) === "index");
  if (isIndexWritten && indexDigest(gitDir, hashLength) !== snapshot.index) return undefined;
  const buckets = look.written.filter((at) => kindAt(seen, at) === "records").map((at) => seen.paths[at] ?? "");
  if (buckets.length > 0 && !(await hasRecords(snapshot, buckets))) return undefined;
  if (tools.length === 0) return look;
  const { findsSameTools } = await import("./snapshot/ask-tools.ts");
  const host = { environment, home, node, memo: join(cache, "tools.memo"), files: seen.paths };
  return findsSameTools(snapshot, host) ? look : undefined;
}

/** Whether the records of which these files hold the ones that were looked up are still what they were. */
async function hasRecords(
  { cache: directory, records }: StoredSnapshot["snapshot"],
  files: readonly string[],
): Promise<boolean> {
  const { openCache } = await import("./cache/open-cache.ts");
  const { cache } = openCache(directory);
  const prefixes = new Set(files.map(prefixOfFile));
  const asked = records.filter(([key]) => prefixes.has(key.slice(0, 2)));
  const hasAll = asked.every(([key, digest]) => {
    const record = cache.lookup(key, () => true);
    return record !== undefined && digestJson({ ...record }) === digest;
  });
  const isWhole = cache.problems().length === 0;
  cache.close();
  return hasAll && isWhole;
}

async function tell(
  { snapshot: { started, finished }, events }: StoredSnapshot,
  record: RunRecord,
  { begin, now, version, startedAt, reporters: make }: RecallRequest & { readonly begin: number },
): Promise<number> {
  const reporters = make(record);
  const emit: Emit = createEmitter({ run: record.id, now, reporters });
  emit({ type: "run-started", version, startedAt: startedAt.toISOString(), ...started });
  for (const [event, task] of JSON.parse(events()) as KeptEvents) emit(event, task ?? undefined);
  emit({ type: "run-finished", ...finished, durationMs: Math.round(now() - begin), directory: record.folder });
  for (const reporter of reporters) reporter.close();
  for (const reporter of reporters) await reporter.finish?.();
  return finished.exitCode;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is left behind is kept small by every run; where nothing is due, a look at one time says so. */
async function keepSmall(directory: string, root: string, at: number): Promise<void> {
  const { pruneRuns } = await import("./journal/prune-runs.ts");
  pruneRuns(root, at);
  const pruned = statSync(join(directory, "pruned"), { throwIfNoEntry: false });
  if (pruned !== undefined && at - pruned.mtimeMs < DAY_MS) return;
  const { openCache } = await import("./cache/open-cache.ts");
  const { cache } = openCache(directory);
  cache.pruneIfDue();
  cache.close();
}
