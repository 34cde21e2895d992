import { isInside, type RepoPath } from "../core/path.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Prepared } from "../execute/prepare.ts";
import { ownedPaths, scratchPaths } from "../graph/ownership.ts";
import type { Task } from "../graph/task.ts";
import { environmentFolders, placeIn, type EnvironmentFolders } from "./environment-folders.ts";
import { keyedSources } from "./keyed-sources.ts";
import type { Isolation } from "./verdict.ts";
import type { VerifyHost } from "./verify-host.ts";

/** A task to verify, with all that decides what it sees. */
export interface Subject {
  readonly task: Task;
  readonly prepared: Prepared;
  readonly isolation: Isolation;
  /** What is in its key of the repository's files. */
  readonly declared: readonly RepoPath[];
  /** What the tasks before it own. */
  readonly upstream: readonly RepoPath[];
  readonly owned: readonly RepoPath[];
  readonly scratch: readonly RepoPath[];
  readonly environments: EnvironmentFolders;
  /** Whether nothing is told of what happens at a path: it is the task's own, or installed, or git's. */
  readonly isOwn: (path: RepoPath) => boolean;
}

/** A prepared task as a subject. `before`: what the tasks that it waits for, however far, own. */
export function subjectOf(
  task: Task,
  prepared: Prepared,
  { before, host }: { readonly before: readonly RepoPath[]; readonly host: VerifyHost },
): Subject {
  const { root, workspace, tools, memo } = host;
  const programs = Object.values(prepared.found?.substitutions ?? {});
  const environments = environmentFolders([task.project, ...workspace.upstream(task.project)], programs, tools);
  const { installed } = environments;
  const [owned, scratch] = [ownedPaths(task), scratchPaths(task)];
  const own = [...owned, ...scratch, ...installed, prepared.context.out];
  const isForeign = programs.some((path) => {
    const place = placeIn(root, path);
    return place !== undefined && !installed.some((folder) => isInside(folder, place));
  });
  const canBind = "program" in host.bubblewrap && prepared.command !== undefined && !isForeign;
  const sources = keyedSources(
    prepared.found,
    { project: task.project, files: workspace.files },
    { host: tools, memo },
  );
  return {
    task,
    prepared,
    isolation: canBind ? "bubblewrap" : "copied",
    declared: [...new Set([...prepared.fingerprint.paths(), ...sources])],
    upstream: before,
    owned,
    scratch,
    environments,
    isOwn: (path) => OWN.test(path) || own.some((folder) => isInside(folder, path)),
  };
}

/** What git, the engine and Python keep for themselves. */
const OWN = /^(?:\.git|\.symbiotic)(?:\/|$)|(?:^|\/)__pycache__(?:\/|$)/;

/** The paths that the tasks before a task own, however far before. */
export function ownedBefore(task: Task, taskOf: (id: TaskId) => Task | undefined): readonly RepoPath[] {
  const seen = new Set<TaskId>();
  const open = [...task.dependsOn];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(taskOf(id)?.dependsOn ?? []));
  }
  return [...seen].flatMap((id) => {
    const before = taskOf(id);
    return before === undefined ? [] : ownedPaths(before);
  });
}
