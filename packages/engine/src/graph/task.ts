import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import type { Atom, Context } from "../plugin/atom.ts";
import type { Project } from "../plugin/project.ts";
import type { LoadedPlugin } from "../plugin/load.ts";

/** What a graph is made of: something that comes after others. */
export interface Node {
  readonly id: TaskId;
  /** The tasks that come first. */
  readonly dependsOn: readonly TaskId[];
}

/** An atom bound to a project: a node of the graph, the unit of caching. */
export interface Task extends Node {
  readonly atomId: string;
  readonly atom: Atom;
  readonly plugin: LoadedPlugin;
  /** The plugin's template that the atom is derived from. */
  readonly template?: string;
  readonly project: Project;
  readonly context: Context<JsonValue, JsonValue>;
  /** Set where the atom has nothing to do here but says why: shown, never run. */
  readonly skipped?: string;
  /** Set where a hook of the plugin threw: the task is broken, and others are not. */
  readonly broken?: Diagnostic;
}

/** The tasks of a run, in topological order, with what the order is made of. */
export interface TaskGraph<T extends Node = Task> {
  /** Each after all that it depends on; ties in order of id. */
  readonly order: readonly T[];
  task(id: TaskId): T | undefined;
  /** How many steps before it at least: 0 for a task that depends on none. */
  level(id: TaskId): number;
  readonly levels: number;
  /** The tasks that wait for this one. */
  dependents(id: TaskId): readonly TaskId[];
}
