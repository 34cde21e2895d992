import { byCodeUnit } from "./core/json.ts";
import { digestJson } from "./fingerprint/digest.ts";
import type { TaskResult } from "./execute/task-result.ts";
import type { AskedTool } from "./execute/tool-finder.ts";
import { OF_GIT } from "./snapshot/ignore-rules.ts";
import { variablesDigest } from "./snapshot/keyed-variables.ts";
import type { KeptResults } from "./snapshot/kept-results.ts";
import type { Snapshot } from "./snapshot/snapshot.ts";
import { ranFile, snapshotFile, writeSnapshot } from "./snapshot/snapshot-file.ts";
import { writeShape } from "./kept-graph/shape-file.ts";
import { reportsAsked } from "./announce.ts";
import { cacheLimits } from "./open.ts";
import { shapeOfOpened } from "./open-shape.ts";
import { seenByRan } from "./remember-ran.ts";
import { hashLengthOf, OF_NODE, type Seen, seenByRun, untrackedOf } from "./seen-by-run.ts";
import { hitsOf, tellHits, type SettledRun, type Told } from "./tell-hits.ts";

/** A run that is over, with all that it knew. */
export interface EndedRun extends SettledRun {
  readonly tools: readonly AskedTool[];
}

/**
 * Writes the snapshot of a run whose every task is kept, so that the next run with the same command line need only look
 * whether anything changed. A run of which that cannot be told leaves none.
 */
export function remember(run: EndedRun): void {
  const { opened, request, results } = run;
  const { command, cacheMode, resume, signal } = request;
  if (command === undefined || cacheMode !== "on" || resume !== undefined || results.length === 0) return;
  if (opened.workspace.detours !== undefined || opened.variablesRead === "all" || signal.aborted) return;
  const hits = hitsOf(run);
  if (hits === undefined) return;
  // What is told may have to look at sources: only then is it known what was looked at.
  const told = tellHits(hits, run);
  const seen = seenByRun(run);
  if (seen === undefined) return;
  const snapshot = {
    ...snapshotOf(run, { hits, finished: told.finished, seen }),
    ...keptShape(run, command),
  };
  const events = (): string => JSON.stringify(told.events);
  const { gitDir } = opened.repository;
  writeSnapshot(snapshotFile(gitDir, command), { snapshot, seen: seen.table, events });
  const ran = seenByRan(run, snapshot, seen.table);
  if (ran !== undefined) writeSnapshot(ranFile(gitDir, command), ran);
}

/** Of a repository that was opened by its shape, that is what it was; of any other it is written down. */
function keptShape({ opened, request }: EndedRun, command: string): Pick<Snapshot, "shape"> {
  const { gitDir } = opened.repository;
  const known = request.kept?.snapshot.shape;
  if (opened.kept !== undefined && known !== undefined) return { shape: known };
  const shape = shapeOfOpened(opened);
  return shape === undefined ? {} : { shape: writeShape(gitDir, command, { ...shape, facts: opened.facts.told() }) };
}

function snapshotOf(
  { opened, request, results, tools, host }: EndedRun,
  { hits, finished, seen }: Pick<Told, "finished"> & { readonly hits: readonly TaskResult[]; readonly seen: Seen },
): Snapshot {
  const { root } = opened.repository;
  const { projects } = opened.workspace;
  const declared = variablesOf({ opened, request, results });
  return {
    command: request.command ?? "",
    version: request.version,
    root,
    user: process.getuid?.() ?? null,
    hashLength: hashLengthOf(opened),
    index: seen.index,
    untracked: untrackedOf(opened),
    ...(seen.ignored === undefined ? {} : { ignored: seen.ignored }),
    ...(results.some(({ cache }) => cache === "miss") ? { wrote: true as const } : {}),
    variables: { declared, digest: variablesDigest(request.environment, declared, root) },
    tools,
    environments: projects.flatMap(({ environments }) =>
      environments.filter((each) => each.kind === "directory" && each.configured === true),
    ),
    projects: projects.map((project) => [project.root, project.name]),
    cache: host.cache.directory,
    limits: cacheLimits(opened),
    records: recordedIn(hits, request.kept),
    started: {
      targets: request.names,
      projects: projects.length,
      slots: request.concurrency,
      ...reportsAsked(opened.config.settings),
      ...(opened.intents.length === 0 ? {} : { intents: opened.intents }),
    },
    finished,
  };
}

/** The records of tasks that were kept are what they were, and need not be digested again. */
function recordedIn(hits: readonly TaskResult[], kept: KeptResults | undefined): Snapshot["records"] {
  const digests = new Map(kept?.snapshot.records.map(([key, digest]) => [key, digest]));
  return hits.flatMap(({ record, task }) =>
    record === undefined ? [] : [[record.key, digests.get(record.key) ?? digestJson({ ...record }), task.id] as const],
  );
}

/** The names of all variables that this run depends on. */
function variablesOf({ opened, request, results }: Pick<EndedRun, "opened" | "request" | "results">): string[] {
  const { variablesRead } = opened;
  const names = [
    ...OF_NODE,
    ...OF_GIT,
    ...(request.kept?.snapshot.variables.declared ?? []),
    ...(variablesRead === "all" ? [] : variablesRead),
    ...results.flatMap(({ prepared }) => prepared?.declared.variables ?? []),
  ];
  return [...new Set(names)].sort(byCodeUnit);
}
