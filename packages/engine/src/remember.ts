import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { byCodeUnit } from "./core/json.ts";
import { ENGINE, moduleFiles, moduleResolutions } from "./plugin/module-graph.ts";
import { CONFIG_PLACES } from "./config/find.ts";
import { ownedPaths } from "./graph/ownership.ts";
import { digestJson } from "./fingerprint/digest.ts";
import type { TaskResult } from "./execute/task-result.ts";
import type { AskedTool } from "./execute/tool-finder.ts";
import { variablesDigest } from "./snapshot/keyed-variables.ts";
import type { KeptResults } from "./snapshot/kept-results.ts";
import { groupAbsent } from "./snapshot/absent-paths.ts";
import { entry } from "./snapshot/see-file.ts";
import { seeIndex } from "./snapshot/see-index.ts";
import { seeInputs } from "./snapshot/see-inputs.ts";
import { seeModules } from "./snapshot/see-modules.ts";
import { seeOutputs } from "./snapshot/see-outputs.ts";
import { seeRecords } from "./snapshot/see-records.ts";
import { seenTable, type SeenPath } from "./snapshot/seen-paths.ts";
import type { Snapshot } from "./snapshot/snapshot.ts";
import { snapshotFile, writeSnapshot } from "./snapshot/snapshot-file.ts";
import { untrackedDigest } from "./snapshot/untracked.ts";
import { cacheLimits, type Opened } from "./open.ts";
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
  const { command, cacheMode, resume, signal, kept } = request;
  if (command === undefined || cacheMode !== "on" || resume !== undefined || results.length === 0) return;
  if (opened.workspace.detours !== undefined || opened.variablesRead === "all" || signal.aborted) return;
  const hits = hitsOf(run);
  if (hits === undefined) return;
  // What is told may have to look at sources: only then is it known what was looked at.
  const told = tellHits(hits, run);
  const index = seeIndex(opened.files, placeOf(run));
  const fresh = index && seenBy(run);
  const all = fresh && withFiles(withKept([...index.seen, ...fresh], kept), opened);
  if (index === undefined || all === undefined) return;
  const seen = groupAbsent(all, { root: opened.repository.root, startedAt: request.startedAt.getTime() });
  const snapshot = snapshotOf(run, { hits, finished: told.finished, index: index.digest });
  const events = (): string => JSON.stringify(told.events);
  writeSnapshot(snapshotFile(opened.repository.gitDir, command), { snapshot, seen: seenTable(seen), events });
}

/** What was looked at now, and of what was not, what was seen before and is known to be so still. */
function withKept(fresh: readonly SeenPath[], kept: KeptResults | undefined): readonly SeenPath[] {
  if (kept === undefined) return fresh;
  const known = new Set(fresh.map(({ path }) => path));
  return [...fresh, ...kept.seen().filter(({ path, kind }) => !known.has(path) && kind !== "index")];
}

/** Files that nothing was read from are there all the same: who chooses projects and inputs is told all names. */
function withFiles(seen: readonly SeenPath[], { files, repository }: Opened): readonly SeenPath[] | undefined {
  const known = new Set(seen.map(({ path }) => path));
  const all = [...seen];
  for (const { path } of files) {
    if (known.has(path)) continue;
    const found = path.isWellFormed() ? entry(path, `${repository.root}/${path}`, "file") : undefined;
    if (found === undefined) return undefined;
    all.push(found);
  }
  return all;
}

function seenBy({ opened, results, host, request }: EndedRun): readonly SeenPath[] | undefined {
  const { root } = opened.repository;
  const startedAt = request.startedAt.getTime();
  const records = results.flatMap(({ record }) => (record === undefined ? [] : [record]));
  const builds = results.flatMap(({ task, record, prepared }) =>
    task.atom.kind !== "build" || record === undefined || prepared === undefined
      ? []
      : [{ owned: ownedPaths(task), record }],
  );
  const inputs = seeInputs({ root, digests: host.digests, texts: opened.texts, startedAt });
  const modules = inputs && seeModules(modulesOf(opened, startedAt));
  const outputs = modules && seeOutputs(builds, { root, startedAt });
  const kept = outputs && seeRecords(host.cache.directory, records, startedAt);
  return kept && [...inputs, ...modules, ...outputs, ...kept];
}

function modulesOf({ repository, config }: Opened, startedAt: number): Parameters<typeof seeModules>[0] {
  return {
    files: [...moduleFiles(), ...config.sources],
    places: CONFIG_PLACES.map((place) => join(repository.root, place)),
    resolutions: moduleResolutions(),
    engine: ENGINE ?? dirname(fileURLToPath(import.meta.url)),
    startedAt,
  };
}

function snapshotOf(
  { opened, request, results, tools, host }: EndedRun,
  { hits, finished, index }: Pick<Told, "finished"> & { readonly hits: readonly TaskResult[]; readonly index: string },
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
    index,
    untracked: untrackedDigest(opened.files.flatMap(({ path, tracked }) => (tracked ? [] : [path]))),
    variables: { declared, digest: variablesDigest(request.environment, declared, root) },
    tools,
    environments: projects.flatMap(({ environments }) =>
      environments.filter((each) => each.kind === "directory" && each.configured === true),
    ),
    projects: projects.map((project) => [project.root, project.name]),
    cache: host.cache.directory,
    limits: cacheLimits(opened),
    records: hits.flatMap(({ record, task }) =>
      record === undefined ? [] : [[record.key, digestJson({ ...record }), task.id] as const],
    ),
    started: { targets: request.names, projects: projects.length, slots: request.concurrency },
    finished,
  };
}

/** By these Node finds modules and chooses what is loaded of them. */
const OF_NODE = ["NODE_OPTIONS", "NODE_PATH"];

/** The names of all variables that this run depends on. */
function variablesOf({ opened, request, results }: Pick<EndedRun, "opened" | "request" | "results">): string[] {
  const { variablesRead } = opened;
  const names = [
    ...OF_NODE,
    ...(request.kept?.snapshot.variables.declared ?? []),
    ...(variablesRead === "all" ? [] : variablesRead),
    ...results.flatMap(({ prepared }) => prepared?.declared.variables ?? []),
  ];
  return [...new Set(names)].sort(byCodeUnit);
}

function placeOf({ opened, request }: EndedRun): Parameters<typeof seeIndex>[1] {
  const { root, gitDir, commonDir } = opened.repository;
  return { root, gitDir, commonDir, hashLength: hashLengthOf(opened), startedAt: request.startedAt.getTime() };
}

function hashLengthOf({ repository }: Opened): number {
  return repository.head?.length === 64 ? 32 : 20;
}
