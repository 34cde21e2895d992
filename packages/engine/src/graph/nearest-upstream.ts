import type { TaskId } from "../core/task-id.ts";
import type { Project } from "../plugin/project.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** The tasks that `^<atom>` means in a project. */
export type Nearest = (atom: string, project: Project) => readonly TaskId[];

/** What finding them needs to know of tasks. */
export interface NearestHost {
  /** Binds an atom in a project; undefined where it has nothing to do there. */
  readonly bind: (atom: string, project: string) => TaskId | undefined;
  /** Whether the task waits for the same atom in the projects behind its own. */
  readonly isChained: (task: TaskId, atom: string) => boolean;
}

/**
 * Finds the tasks of an atom in the projects that one depends on, going on behind those where it has nothing to do. What
 * stands behind a task that waits for it anyway is not named: a graph would grow with the square of its projects.
 */
export function createNearest(workspace: Workspace, { bind, isChained }: NearestHost): Nearest {
  return (atom, project) => {
    const found: TaskId[] = [];
    const seen = new Set([project.name]);
    const open = [...project.dependsOn];
    for (let name = open.shift(); name !== undefined; name = open.shift()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const id = bind(atom, name);
      if (id !== undefined) found.push(id);
      if (id === undefined || !isChained(id, atom)) open.push(...(workspace.project(name)?.dependsOn ?? []));
    }
    return found;
  };
}
