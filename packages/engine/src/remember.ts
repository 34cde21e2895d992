import type { GateDecided, RunEvent, RunFinished } from "./core/event.ts";
import { byCodeUnit } from "./core/json.ts";
import type { TaskId } from "./core/task-id.ts";
import { CONFIG_PLACES } from "./config/find.ts";
import { digestJson } from "./fingerprint/digest.ts";
import { ownedPaths } from "./graph/ownership.ts";
import { moduleFiles } from "./plugin/module-graph.ts";
import { emitResult } from "./execute/emit-result.ts";
import { asHit, type LookupHost } from "./execute/look-up-task.ts";
import type { TaskResult } from "./execute/task-result.ts";
import type { AskedTool } from "./execute/tool-finder.ts";
import { variablesDigest } from "./snapshot/keyed-variables.ts";
import { seeIndex } from "./snapshot/see-index.ts";
import { seeInputs } from "./snapshot/see-inputs.ts";
import { seeOutputs } from "./snapshot/see-outputs.ts";
import { seeRecords } from "./snapshot/see-records.ts";
import { seenTable, type SeenPath } from "./snapshot/seen-paths.ts";
import type { KeptResults } from "./snapshot/kept-results.ts";
import type { KeptEvents, Snapshot } from "./snapshot/snapshot.ts";
import { snapshotFile, writeSnapshot } from "./snapshot/snapshot-file.ts";
import { untrackedDigest } from "./snapshot/untracked.ts";
import { announce } from "./announce.ts";
import type { Opened } from "./open.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";
import { join } from "node:path";

/** A run that is over, with all that it knew. */
export interface EndedRun {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly plan: Plan;
  readonly results: readonly TaskResult[];
  readonly gates: readonly GateDecided[];
  readonly finished: RunFinished;
  readonly host: LookupHost;
  readonly tools: readonly AskedTool[];
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * Writes the snapshot of a run whose every task is kept, so that the next run with the same command line need only look
 * whether anything changed. A run of which that cannot be told leaves none.
 */
export function remember(run: EndedRun): void {
  const { opened, request } = run;
  if (
    request.command === undefined ||
    request.cacheMode !== "on" ||
    request.resume !== undefined ||
    run.results.length === 0
  )
    return;
  if (opened.workspace.detours !== undefined || opened.variablesRead === "all" || request.signal.aborted) return;
  const events = hitEvents(run);
  const place = { root: opened.repository.root, gitDir: opened.repository.gitDir, hashLength: hashLengthOf(opened) };
  const index = seeIndex(opened.files, { ...place, now: run.now });
  const fresh = events === undefined || index === undefined ? undefined : seenBy(run);
  if (events === undefined || index === undefined || fresh === undefined) return;
  const snapshot = snapshotOf(run, index.digest);
  writeSnapshot(snapshotFile(place.gitDir, snapshot.command), {
    snapshot,
    seen: seenTable(withKept([...index.seen, ...fresh], request.kept)),
    events: () => JSON.stringify(events),
  });
}

/** What a run tells in which all of these results are hits; undefined where not all of them would be. */
function hitEvents({ opened, request, plan, results, gates, host }: EndedRun): KeptEvents | undefined {
  const events: [RunEvent, TaskId | null][] = [];
  const collect = (event: RunEvent, task?: TaskId): void => void events.push([event, task ?? null]);
  announce(collect, opened, { plan, request });
  const byId = new Map(results.map((result) => [result.task.id, result]));
  for (const { id } of plan.graph.order) {
    const result = byId.get(id);
    const hit = result?.status === "skipped" && result.skippedBy !== "stop" ? result : result && asHit(result);
    if (hit === undefined || (hit.record?.found.length ?? 0) > 0) return undefined;
    emitResult(hit, collect, { texts: opened.texts, redactor: host.redactor });
  }
  for (const gate of gates) collect(gate);
  // The first says when the run began.
  return events.slice(1);
}

/** What was looked at now, and of what was not, what was seen before and is known to be so still. */
function withKept(fresh: readonly SeenPath[], kept: KeptResults | undefined): readonly SeenPath[] {
  if (kept === undefined) return fresh;
  const known = new Set(fresh.map(({ path }) => path));
  return [...fresh, ...kept.seen().filter(({ path, kind }) => !known.has(path) && kind !== "index")];
}

function seenBy({ opened, results, host, request, now }: EndedRun): readonly SeenPath[] | undefined {
  const { root } = opened.repository;
  const modules = new Set([
    ...moduleFiles(),
    ...CONFIG_PLACES.map((place) => join(root, place)),
    ...opened.config.sources,
  ]);
  const startedAt = request.startedAt.getTime();
  const inputs = seeInputs({ root, digests: host.digests, texts: opened.texts, modules, startedAt, now });
  const outputs = results.map(({ task, record, prepared }) =>
    task.atom.kind !== "build" || record === undefined || prepared === undefined
      ? []
      : seeOutputs({ owned: ownedPaths(task), record }, { root, startedAt }),
  );
  if (inputs === undefined || outputs.includes(undefined)) return undefined;
  return [...inputs, ...outputs.flatMap((each) => each ?? []), ...seeRecords(host.cache.directory, keysOf(results))];
}

function keysOf(results: readonly TaskResult[]): string[] {
  return results.flatMap(({ record }) => (record === undefined ? [] : [record.key]));
}

function snapshotOf({ opened, request, results, finished, tools, host }: EndedRun, index: string): Snapshot {
  const { root } = opened.repository;
  const before = request.kept?.snapshot.variables.declared ?? [];
  const declared = [
    ...new Set([
      ...before,
      ...namesRead(opened),
      ...results.flatMap(({ prepared }) => prepared?.declared.variables ?? []),
    ]),
  ].sort(byCodeUnit);
  const { durationMs: _ms, directory: _directory, type: _type, ...rest } = finished;
  return {
    command: request.command ?? "",
    version: request.version,
    root,
    user: process.getuid?.() ?? null,
    hashLength: hashLengthOf(opened),
    index,
    untracked: untrackedDigest(opened.files.flatMap(({ path, tracked }) => (tracked ? [] : [path]))),
    variables: { declared, digest: variablesDigest(request.environment, declared, root) },
    tools,
    projects: opened.workspace.projects.map((project) => [project.root, project.name]),
    cache: host.cache.directory,
    records: results.flatMap(({ record, task }) =>
      record === undefined ? [] : [[record.key, digestJson({ ...record }), task.id] as const],
    ),
    started: { targets: request.names, projects: opened.workspace.projects.length },
    finished: {
      ...rest,
      tasks: { ...rest.tasks, cached: results.filter(({ record }) => record !== undefined).length },
      savedMs: Math.round(results.reduce((sum, { record }) => sum + (record?.durationMs ?? 0), 0)),
    },
  };
}

function namesRead({ variablesRead }: Opened): readonly string[] {
  return variablesRead === "all" ? [] : variablesRead;
}

function hashLengthOf({ repository }: Opened): number {
  return repository.head?.length === 64 ? 32 : 20;
}
