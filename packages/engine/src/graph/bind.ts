import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { formatTaskId, type TaskId } from "../core/task-id.ts";
import type { Context } from "../plugin/atom.ts";
import type { NarrowedAtom } from "../plugin/derived.ts";
import type { Project } from "../plugin/project.ts";
import { guarded } from "../plugin/guarded.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import { perProject } from "../plugin/per-project.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { AtomIndex, OwnedAtom } from "./atom-index.ts";
import { createNearest, type Nearest } from "./nearest-upstream.ts";
import { atomsOf, colonIn, isMeantIn, projectTyped, type Wanted } from "./selection.ts";
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
  for (const { atom, project, target } of wanted)
    for (const name of project === undefined ? projects : [project]) binder.wantAs(target, atom, name);
  const tasks = binder.tasks();
  return binder.problems.length > 0 ? fail(binder.problems) : ok(tasks);
}

/** An atom in a project where it has something to do. */
type Bound = Omit<Task, "dependsOn">;

class Binder {
  readonly problems: Diagnostic[] = [];
  readonly #input: BindInput;
  readonly #bound = new Map<TaskId, Bound | undefined>();
  readonly #open: Bound[] = [];
  readonly #contexts = new Map<string, Context<JsonValue, JsonValue> | undefined>();
  readonly #nearest: Nearest;

  constructor(input: BindInput) {
    this.#input = input;
    this.#nearest = createNearest(input.workspace, {
      bind: (atom, project) => this.want(atom, project),
      isChained: (id, atom) => this.#isChained(id, atom),
    });
  }

  /** Everything that is wanted and what it depends on. A list of what is open, not a recursion: chains may be long. */
  tasks(): Task[] {
    const tasks: Task[] = [];
    for (let next = this.#open.shift(); next !== undefined; next = this.#open.shift())
      tasks.push({ ...next, dependsOn: this.#dependencies(next) });
    return tasks;
  }

  /** The same for an atom that a name stands for, which may be a target that means it in some projects only. */
  wantAs(name: string | undefined, atomId: string, projectName: string): TaskId | undefined {
    const project = this.#input.workspace.project(projectName);
    const isMeant = project !== undefined && isMeantIn(name, atomId, { project, index: this.#input.index });
    return isMeant ? this.want(atomId, projectName) : undefined;
  }

  /** The id of the task, or undefined where the atom has nothing to do in the project. */
  want(atomId: string, projectName: string): TaskId | undefined {
    const owned = this.#input.index.find(atomId);
    const project = this.#input.workspace.project(projectName);
    if (owned === undefined || project === undefined) return undefined;
    const id = formatTaskId({ kind: "project", name: project.name }, owned.id);
    if (this.#bound.has(id)) return this.#bound.get(id)?.id;
    const bound = this.#bind(id, owned, project);
    this.#bound.set(id, bound);
    if (bound !== undefined) this.#open.push(bound);
    return bound?.id;
  }

  #bind(id: TaskId, { id: atomId, atom, plugin, derived }: OwnedAtom, project: Project): Bound | undefined {
    const shared = this.#contextOf(plugin, project);
    if (shared === undefined) return undefined;
    const narrowed = derived === undefined ? undefined : this.#narrow(id, { plugin, project, params: derived.params });
    if (narrowed === false) return undefined;
    const { params, ...own } = narrowed ?? { params: undefined };
    const context = params === undefined ? shared : withParams(shared, params);
    const asked = guarded(`${id}: applies`, () => atom.applies?.(context) ?? true);
    if (asked.ok && asked.value === false) return undefined;
    const template = derived === undefined ? {} : { template: derived.template };
    const skipped = asked.ok
      ? typeof asked.value === "object"
        ? { skipped: asked.value.skipped }
        : {}
      : { broken: asked.error };
    return {
      id,
      atomId,
      atom: narrowed === undefined ? atom : { ...atom, ...own },
      plugin,
      project,
      context,
      ...template,
      ...skipped,
    };
  }

  /** A derived atom as it is in this project. */
  #narrow(
    id: TaskId,
    {
      plugin,
      project,
      params,
    }: { readonly plugin: LoadedPlugin; readonly project: Project; readonly params: JsonValue },
  ): NarrowedAtom | false {
    const asked = guarded(`${id}: narrow`, () => plugin.spec.narrow?.(params, project) ?? { params });
    if (!asked.ok) this.problems.push(asked.error);
    return asked.ok && asked.value;
  }

  #dependencies(bound: Bound): TaskId[] {
    const ids = this.#dependsOn(bound).flatMap((name) => this.#named(name, bound));
    return [...new Set(ids)].filter((before) => before !== bound.id);
  }

  #dependsOn({ id, atom, context }: Bound): readonly string[] {
    const { dependsOn = [] } = atom;
    if (typeof dependsOn === "object") return dependsOn;
    const asked = guarded(`${id}: dependsOn`, () => perProject(dependsOn, context));
    if (!asked.ok) this.problems.push(asked.error);
    return asked.ok ? asked.value : [];
  }

  /** Whether a task waits for the same atom in the projects behind its own. */
  #isChained(id: TaskId, atom: string): boolean {
    const bound = this.#bound.get(id);
    const names = bound === undefined ? [] : this.#dependsOn(bound).filter((name) => name.startsWith("^"));
    return names.some((name) => atomsOf(name.slice(1), this.#input.index)?.includes(atom) === true);
  }

  #named(name: string, { id, project }: Pick<Bound, "id" | "project">): readonly TaskId[] {
    const { index, workspace } = this.#input;
    const upstream = name.startsWith("^");
    const colon = upstream ? -1 : colonIn(name, index);
    const atoms = atomsOf(name.slice(upstream ? 1 : colon + 1), index);
    const other = upstream || colon < 0 ? project : projectTyped(name.slice(0, colon), workspace);
    if (atoms === undefined || other === undefined) {
      this.problems.push(unknownDependency(id, name, atoms === undefined ? "atom or target" : "project"));
      return [];
    }
    if (!upstream) return atoms.flatMap((atom) => this.wantAs(name.slice(colon + 1), atom, other.name) ?? []);
    return atoms.flatMap((atom) => this.#nearestAs(name.slice(1))(atom, project));
  }

  #nearestAs(name: string): Nearest {
    const { index, workspace } = this.#input;
    if (!index.tagged.has(name)) return this.#nearest;
    const bind = (atom: string, project: string): TaskId | undefined => this.wantAs(name, atom, project);
    return createNearest(workspace, { bind, isChained: (id, atom) => this.#isChained(id, atom) });
  }

  #contextOf(plugin: LoadedPlugin, project: Project): Context<JsonValue, JsonValue> | undefined {
    const key = `${plugin.name}\0${project.name}`;
    if (this.#contexts.has(key)) return this.#contexts.get(key);
    const facts = this.#input.facts(plugin, project);
    if (!facts.ok) this.problems.push(...facts.error);
    const context = facts.ok
      ? contextFor(plugin, project, { facts: facts.value, workspace: this.#input.workspace })
      : undefined;
    this.#contexts.set(key, context);
    return context;
  }
}

/** What is upstream is told when somebody asks: most hooks do not, and all of it together is as much as the square of the projects. */
function contextFor(
  plugin: LoadedPlugin,
  project: Project,
  { facts, workspace }: { readonly facts: JsonValue; readonly workspace: Workspace },
): Context<JsonValue, JsonValue> {
  return {
    options: plugin.options,
    facts,
    project,
    get upstream() {
      return workspace.upstream(project);
    },
  };
}

function withParams(context: Context<JsonValue, JsonValue>, params: JsonValue): Context<JsonValue, JsonValue> {
  const { options, facts, project } = context;
  return {
    options,
    facts,
    project,
    params,
    get upstream() {
      return context.upstream;
    },
  };
}

function unknownDependency(id: TaskId, name: string, what: string): Diagnostic {
  return errorOf("SYM3003", `${id} depends on \`${name}\`, and there is no ${what} of that name`, {
    hint: "name an atom or a target: `build` in the same project, `^build` in those it depends on, `web:build` in that one",
  });
}
