import { isAbsolute } from "node:path";
import { ancestors, insideAny, isInside, parentOf, type RepoPath } from "./core/path.ts";
import { blobPath } from "./cache/blobs.ts";
import { layoutOf } from "./cache/layout.ts";
import type { CacheRecord } from "./cache/record.ts";
import { bucketFile } from "./cache/records.ts";
import type { Digest } from "./fingerprint/files/hash-file.ts";
import { inputSets } from "./graph/inputs.ts";
import { ownedPaths } from "./graph/ownership.ts";
import type { Task } from "./graph/task.ts";
import type { TaskResult } from "./execute/task-result.ts";
import type { SeenKind } from "./snapshot/seen-paths.ts";
import type { SettledRun } from "./tell-hits.ts";

/** What the tasks that a run ran, and all tasks before them, stand on. */
export interface Needs {
  /** Whether something that the run saw may be a part of a key of theirs, or decide which tasks there are. */
  readonly has: (path: string, kind: SeenKind) => boolean;
  readonly keys: ReadonlySet<Digest>;
  /** The folders of their projects, and of those whose files they read. */
  readonly roots: ReadonlySet<RepoPath>;
  /** What tasks of these projects make. */
  readonly owned: ReadonlySet<RepoPath>;
  /** Whether one of them reads files wherever they lie. */
  readonly readsAll: boolean;
}

/** Undefined where nothing was run, and where that was in more than this part of all projects. */
export function needsOfRan(run: SettledRun, most: number): Needs | undefined {
  const results = ranAndBefore(run.results);
  const tasks = results.map(({ task }) => task);
  const own = new Set(tasks.map(({ project }) => project.root));
  if (own.size === 0 || own.size > most * run.opened.workspace.projects.length) return undefined;
  const records = results.flatMap(({ record }) => record ?? []);
  const roots = new Set(
    tasks.flatMap(({ project, context }) => [project, ...context.upstream].map(({ root }) => root)),
  );
  const owned = new Set(run.results.flatMap(({ task }) => (roots.has(task.project.root) ? ownedPaths(task) : [])));
  return {
    ...{ roots, owned },
    has: neededBy(run, { tasks, records, roots, owned }),
    keys: new Set(records.map(({ key }) => key)),
    readsAll: tasks.some(({ atom, context }) => (atom.inputs(context).repositoryFiles ?? []).length > 0),
  };
}

function ranAndBefore(results: readonly TaskResult[]): readonly TaskResult[] {
  const byId = new Map(results.map((result) => [result.task.id, result]));
  const ids = new Set(results.flatMap(({ task, cache }) => (cache === "miss" ? [task.id] : [])));
  // A set that grows while it is walked is walked to its end.
  for (const id of ids) for (const before of byId.get(id)?.task.dependsOn ?? []) ids.add(before);
  return [...ids].flatMap((id) => byId.get(id) ?? []);
}

interface Reached {
  readonly tasks: readonly Task[];
  readonly records: readonly CacheRecord[];
  readonly roots: ReadonlySet<RepoPath>;
  readonly owned: ReadonlySet<RepoPath>;
}

function neededBy({ opened, host }: SettledRun, { tasks, records, roots, owned }: Reached): Needs["has"] {
  const { workspace, texts } = opened;
  const { directory } = host.cache;
  const inputs = new Set(tasks.flatMap((task) => inputSets(task, workspace).flatMap((set) => set.paths())));
  const settings = new Set<RepoPath>();
  for (const [path, source] of texts.asked?.() ?? []) if (source !== undefined) settings.add(path);
  const kept = new Set(records.flatMap((record) => filesOf(record, directory)));
  const isOwned = insideAny(owned);
  const isOutput = (path: string): boolean => !settings.has(path) && isOwned(path);
  const folders = new Set([...[...inputs].map(parentOf), ...[...roots].flatMap(ancestors)]);
  const isNear = (folder: string): boolean => {
    const owner = workspace.owner(`${folder}/.`)?.root ?? ".";
    return owner === "." || roots.has(owner) || folders.has(folder);
  };
  return (path, kind) => {
    // The folders in question are seen by themselves.
    if (kind === "walked") return false;
    if (kind === "input") return inputs.has(path);
    if (kind === "records") return kept.has(path);
    // Modules, and what they are looked for by, have absolute paths.
    if (isAbsolute(path)) return kind === "index" || kept.has(path) || !isInside(directory, path);
    if (inputs.has(path)) return true;
    const isMade = kind !== "absent" && kind !== "parent";
    return isNear(kind === "parent" ? path : parentOf(path)) && !(isMade && isOutput(path));
  };
}

/** Where the cache holds what was read of a record. */
function filesOf({ key, inline, evidence }: CacheRecord, directory: string): string[] {
  const { records, blobs } = layoutOf(directory);
  const bucket = bucketFile(records, key.slice(0, 2));
  return inline?.evidence === undefined ? [bucket, blobPath(blobs, evidence)] : [bucket];
}
