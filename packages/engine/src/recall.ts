import { statSync } from "node:fs";
import { join } from "node:path";
import type { Emit } from "./core/event.ts";
import type { Variables } from "./fingerprint/variables.ts";
import { createRunRecord, type RunRecord } from "./journal/run-record.ts";
import { createEmitter } from "./report/emitter.ts";
import type { Reporter } from "./report/reporter.ts";
import { variablesDigest } from "./snapshot/keyed-variables.ts";
import { lookAgain, type SecondLook, type Written } from "./snapshot/look-again.ts";
import { indexDigest } from "./snapshot/read-index.ts";
import { kindAt, setState } from "./snapshot/seen-paths.ts";
import { keptResults, type KeptResults } from "./snapshot/kept-results.ts";
import type { KeptEvents, Snapshot } from "./snapshot/snapshot.ts";
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
  /** The folder that this process stands in, absolute. */
  readonly here: string;
  readonly command: string;
  readonly version: string;
  readonly environment: Variables;
  readonly home: string;
  /** This Node, absolute. */
  readonly node: string;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  readonly startedAt: Date;
  /** Aborted when the run is to stop: nothing is told then. */
  readonly signal: AbortSignal;
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
  const found = await find(request);
  if (found === undefined || request.signal.aborted) return undefined;
  const { stored, look, file } = found;
  const { snapshot, seen } = stored;
  if (look.edited.length > 0) return { kept: keptResults(snapshot, seen, look.edited) };
  const events = JSON.parse(stored.events()) as KeptEvents;
  const record = createRunRecord(snapshot.root, request.startedAt);
  if (!record.ok) return undefined;
  const exitCode = await tell({ snapshot, events }, record.value, { ...request, begin });
  if (look.hasLearned || look.written.some(({ isSettled }) => isSettled)) writeSnapshot(file, stored);
  await keepSmall(snapshot, request.startedAt.getTime());
  return { exitCode };
}

/** A snapshot of which nothing but the bytes of inputs is other than it was. */
interface Found {
  /** Where the snapshot lies. */
  readonly file: string;
  readonly stored: StoredSnapshot;
  readonly look: SecondLook;
}

async function find(request: RecallRequest): Promise<Found | undefined> {
  const git = new AbortController();
  try {
    const tree = findWorkTree(request.cwd);
    const file = tree && snapshotFile(tree.gitDir, request.command);
    const bytes = file === undefined ? undefined : readSnapshotBytes(file);
    if (tree === undefined || file === undefined || bytes === undefined) return undefined;
    // Git lists in a process beside this one while every file is looked at here.
    const untracked = askUntracked({ cwd: request.cwd, root: tree.root }, request.environment, git.signal);
    const stored = parseSnapshot(bytes, request);
    if (stored?.snapshot.root !== tree.root || stored.snapshot.user !== (process.getuid?.() ?? null)) return undefined;
    const look = await compare(stored, request, tree.gitDir);
    return look === undefined || (await untracked) !== stored.snapshot.untracked ? undefined : { file, stored, look };
  } catch {
    // What cannot be looked at may have changed: the whole way says what is wrong with it.
    return undefined;
  } finally {
    git.abort();
  }
}

/** Looks at all that the snapshot saw; undefined where more changed than the bytes of inputs. */
async function compare(
  { snapshot, seen }: StoredSnapshot,
  { environment, home, node, here }: RecallRequest,
  gitDir: string,
): Promise<SecondLook | undefined> {
  const { variables, tools, environments, root, hashLength, cache } = snapshot;
  if (variablesDigest(environment, variables.declared, root) !== variables.digest) return undefined;
  const look = lookAgain(seen, { root, here, now: Date.now });
  if (look === undefined) return undefined;
  const isIndexWritten = look.written.some(({ at }) => kindAt(seen, at) === "index");
  if (isIndexWritten && indexDigest(gitDir, hashLength) !== snapshot.index) return undefined;
  const buckets = look.written.flatMap(({ at }) => (kindAt(seen, at) === "records" ? (seen.paths[at] ?? "") : []));
  if (buckets.length > 0) {
    const { findsSameRecords } = await import("./snapshot/ask-records.ts");
    if (!findsSameRecords(snapshot, buckets)) return undefined;
  }
  learn(seen, look.written);
  if (tools.length + environments.length === 0) return look;
  const { findsSameTools } = await import("./snapshot/ask-tools.ts");
  const host = { environment, home, node, memo: join(cache, "tools.memo"), files: seen.paths };
  return findsSameTools(snapshot, host) ? look : undefined;
}

/** What was read out of these is what it was; until they are written to again it need not be read again. */
function learn(seen: StoredSnapshot["seen"], written: readonly Written[]): void {
  for (const { at, stat, isSettled } of written) setState(seen, at, stat, isSettled);
}

async function tell(
  { snapshot: { started, finished }, events }: { readonly snapshot: Snapshot; readonly events: KeptEvents },
  record: RunRecord,
  { begin, now, version, startedAt, reporters: make }: RecallRequest & { readonly begin: number },
): Promise<number> {
  const reporters = make(record);
  const emit: Emit = createEmitter({ run: record.id, now, reporters });
  emit({ type: "run-started", version, startedAt: startedAt.toISOString(), ...started });
  for (const [event, task] of events) emit(event, task ?? undefined);
  emit({ type: "run-finished", ...finished, durationMs: Math.round(now() - begin), directory: record.folder });
  for (const reporter of reporters) reporter.close();
  for (const reporter of reporters) await reporter.finish?.();
  return finished.exitCode;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** What is left behind is kept small by every run; where nothing is due, a look at one time says so. */
async function keepSmall({ cache: directory, limits, root }: Snapshot, at: number): Promise<void> {
  const { pruneRuns } = await import("./journal/prune-runs.ts");
  pruneRuns(root, at);
  const pruned = statSync(join(directory, "pruned"), { throwIfNoEntry: false });
  if (pruned !== undefined && at - pruned.mtimeMs < DAY_MS) return;
  const { openCache } = await import("./cache/open-cache.ts");
  const { cache } = openCache(directory, limits);
  cache.pruneIfDue();
  cache.close();
}
