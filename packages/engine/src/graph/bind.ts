import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { formatTaskId, type TaskId } from "../core/task-id.ts";
import type { Context, Project } from "../plugin/contract.ts";
import { guarded } from "../plugin/guarded.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { AtomIndex, OwnedAtom } from "./atom-index.ts";
import type { Wanted } from "./selection.ts";
import type { Task } from "./task.ts";

/** What binding needs beside what is wanted. */
export interface BindInput {
  readonly index: AtomIndex;
  readonly workspace: Workspace;
  /** The facts that a plugin reads in a project. */
  readonly facts: (plugin: LoadedPlugin, project: Project) => Result<JsonValue, readonly Diagnostic[]>;
}

/** Binds the wanted atoms to these projects, with everything that they depend on, wherever that is. */
export function bindTasks(
  wanted: readonly Wanted[],
  projects: ReadonlySet<string>,
  input: BindInput,
): Result<readonly Task[], readonly Diagnostic[]> {
  const binder = new Binder(input);
  for (const { atom, project } of wanted) {
    const names = project === undefined ? projects : [project];
    for (const name of names) binder.bind(atom, name);
  }
  return binder.problems.length > 0 ? fail(binder.problems) : ok(binder.tasks());
}

class Binder {
  readonly problems: Diagnostic[] = [];
  readonly #input: BindInput;
  readonly #tasks = new Map<TaskId, Task | undefined>();
  readonly #contexts = new Map<string, Context<JsonValue, JsonValue> | undefined>();

  constructor(input: BindInput) {
    this.#input = input;
  }

  tasks(): Task[] {
    return [...this.#tasks.values()].filter((task) => task !== undefined);
  }

  /** The id of the task, or undefined where the atom has nothing to do in the project. */
  bind(atomId: string, projectName: string): TaskId | undefined {
    const owned = this.#input.index.find(atomId);
    const project = this.#input.workspace.project(projectName);
    if (owned === undefined || project === undefined) return undefined;
    const id = formatTaskId({ kind: "project", name: project.name }, owned.id);
    if (this.#tasks.has(id)) return this.#tasks.get(id) && id;
    const context = this.#contextOf(owned.plugin, project);
    const asked = guarded(`${id}: applies`, () =>
      context === undefined ? false : (owned.atom.applies?.(context) ?? true),
    );
    const applies = asked.ok ? asked.value : true;
    if (context === undefined || applies === false) {
      this.#tasks.set(id, undefined);
      return undefined;
    }
    const base = { id, atomId: owned.id, atom: owned.atom, plugin: owned.plugin, project, context };
    // Entered before its dependencies are: a cycle then ends here, and is found and named as one later.
    this.#tasks.set(id, { ...base, dependsOn: [] });
    const skipped = asked.ok
      ? typeof applies === "object"
        ? { skipped: applies.skipped }
        : {}
      : { broken: asked.error.message };
    this.#tasks.set(id, { ...base, dependsOn: this.#dependencies(owned, project), ...skipped });
    return id;
  }

  #dependencies({ atom }: OwnedAtom, project: Project): TaskId[] {
    const ids = (atom.dependsOn ?? []).flatMap((name) => {
      const upstream = name.startsWith("^");
      const subjects = upstream ? this.#input.workspace.upstream(project) : [project];
      return subjects.flatMap((subject) => this.bind(upstream ? name.slice(1) : name, subject.name) ?? []);
    });
    return [...new Set(ids)];
  }

  #contextOf(plugin: LoadedPlugin, project: Project): Context<JsonValue, JsonValue> | undefined {
    const key = `${plugin.name}\0${project.name}`;
    if (this.#contexts.has(key)) return this.#contexts.get(key);
    const facts = this.#input.facts(plugin, project);
    if (!facts.ok) this.problems.push(...facts.error);
    const upstream = this.#input.workspace.upstream(project);
    const context = facts.ok ? { options: plugin.options, facts: facts.value, project, upstream } : undefined;
    this.#contexts.set(key, context);
    return context;
  }
}
