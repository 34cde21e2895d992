import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { formatSubject } from "../core/task-id.ts";
import type { Project } from "../plugin/project.ts";
import { nearest } from "../config/suggest.ts";
import { matcher } from "../workspace/match.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { AtomIndex } from "./atom-index.ts";

/** What the user asked for: atoms, each in some projects or in all. */
export interface Wanted {
  readonly atom: string;
  /** A project's name; absent for every project. */
  readonly project?: string;
  /** The target that it is of: one may mean an atom in some projects only. */
  readonly target?: string;
}

/** Reads `gates`, `ruff`, `run_ruff_lint` or `api:pytest`. */
export function selectAtoms(
  names: readonly string[],
  index: AtomIndex,
  workspace: Workspace,
): Result<readonly Wanted[], readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const wanted = names.flatMap((name): Wanted[] => {
    const colon = colonIn(name, index);
    const project = colon < 0 ? undefined : name.slice(0, colon);
    const target = name.slice(colon + 1);
    const atoms = atomsOf(target, index);
    const found = project === undefined ? undefined : projectTyped(project, workspace);
    if (project !== undefined && found === undefined) problems.push(unknownProject(project, workspace));
    else if (atoms === undefined) problems.push(unknownTarget(target, index));
    const as = index.tagged.has(target) ? { target } : {};
    return (atoms ?? []).map((atom) => (found === undefined ? { atom, ...as } : { atom, project: found.name, ...as }));
  });
  return problems.length > 0 ? fail(problems) : ok(wanted);
}

/** Where the name of a project ends and that of an atom or target begins, which may hold colons itself; -1 where there is no project. */
export function colonIn(name: string, index: AtomIndex): number {
  if (atomsOf(name, index) !== undefined) return -1;
  for (let colon = name.indexOf(":"); colon >= 0; colon = name.indexOf(":", colon + 1))
    if (atomsOf(name.slice(colon + 1), index) !== undefined) return colon;
  return name.lastIndexOf(":");
}

/** A project by its name, or as task ids spell it. */
export function projectTyped(typed: string, workspace: Workspace): Project | undefined {
  return (
    workspace.project(typed) ??
    workspace.projects.find(({ name }) => formatSubject({ kind: "project", name }) === typed)
  );
}

/** The atoms that a name means: an atom by id or alias, or those of a target. */
export function atomsOf(name: string, index: AtomIndex): readonly string[] | undefined {
  const atom = index.find(name);
  return atom === undefined ? index.targets.get(name) : [atom.id];
}

/** Whether a name, if it is a target that means this atom in projects of some tags only, means it in this one. */
export function isMeantIn(
  name: string | undefined,
  atom: string,
  { project, index }: { readonly project: Project; readonly index: AtomIndex },
): boolean {
  const ways = name === undefined || index.find(name) !== undefined ? undefined : index.tagged.get(name)?.get(atom);
  return ways === undefined || ways.some((tags) => tags.every((tag) => project.tags.includes(tag)));
}

/**
 * The projects that filters mean: a name or glob of names, `./folder` or a glob of folders, `tag:<word>`;
 * `name...` adds what it depends on, `...name` what depends on it. Without filters, all. `exclude` takes away.
 */
export function selectProjects(
  filters: readonly string[],
  exclude: readonly string[],
  workspace: Workspace,
): Result<ReadonlySet<string>, readonly Diagnostic[]> {
  const problems: Diagnostic[] = [];
  const read = (filter: string): string[] => {
    const found = projectsOf(filter, workspace);
    if (found.length === 0) problems.push(unknownProject(filter, workspace));
    return found;
  };
  const chosen = new Set(filters.length === 0 ? workspace.projects.map(({ name }) => name) : filters.flatMap(read));
  for (const name of exclude.flatMap(read)) chosen.delete(name);
  return problems.length > 0 ? fail(problems) : ok(chosen);
}

function projectsOf(filter: string, workspace: Workspace): string[] {
  const bare = filter.replace(/^\.\.\.(?=[^/])/, "").replace(/(?<=[^/.])\.\.\.$/, "");
  const matched = workspace.projects.filter(matchesFilter(bare));
  const upstream =
    filter.endsWith("...") && filter !== "..." ? matched.flatMap((project) => workspace.upstream(project)) : [];
  const downstream = filter.startsWith("...") && filter !== "..." ? dependentsOf(matched, workspace) : [];
  return [...new Set([...matched, ...upstream, ...downstream].map(({ name }) => name))];
}

/** Whether a filter, without `...`, means a project: by a glob of its name or folder, or by a tag. */
export function matchesFilter(filter: string): (project: Project) => boolean {
  if (filter.startsWith("tag:")) return ({ tags }) => tags.includes(filter.slice(4));
  if (filter === "." || filter.startsWith("./")) {
    const folder = filter.replace(/^\.\/?/, "").replace(/\/$/, "") || ".";
    const matches = matcher([folder]);
    return ({ root }) => root === folder || matches(root);
  }
  const matches = matcher([filter]);
  return ({ name }) => name === filter || matches(name);
}

/** Every project that depends on one of these, transitively, without these. */
export function dependentsOf(projects: readonly Project[], workspace: Workspace): Project[] {
  const names = new Set(projects.map(({ name }) => name));
  return workspace.projects.filter(
    (project) => !names.has(project.name) && workspace.upstream(project).some(({ name }) => names.has(name)),
  );
}

/** That no project has this name. */
export function unknownProject(name: string, workspace: Workspace): Diagnostic {
  const names = workspace.projects.map((project) => project.name);
  return errorOf("SYM2003", `no project is called \`${name}\``, {
    hint: suggestion(name, names, "`symbiotic projects` lists them"),
  });
}

/** That no target and no atom has this name. */
export function unknownTarget(name: string, index: AtomIndex): Diagnostic {
  const targets = [...index.targets.keys()];
  const aliases = [...index.atoms.values()].map(({ id, atom }) => atom.alias ?? id).sort(byCodeUnit);
  return errorOf("SYM2001", `\`${name}\` is no target and no atom`, {
    hint: suggestion(name, [...targets, ...aliases, ...index.atoms.keys()], "name one of these"),
    notes: [`targets: ${targets.join(", ")}`, `atoms: ${aliases.join(", ")}`],
  });
}

function suggestion(wrong: string, known: readonly string[], otherwise: string): string {
  const guess = nearest(wrong, known);
  return guess === undefined ? otherwise : `did you mean \`${guess}\`?`;
}
