import { posix } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { ancestors, isInside, parentOf, type RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { TaskId } from "../core/task-id.ts";
import { guarded } from "../plugin/guarded.ts";
import { perProject } from "../plugin/per-project.ts";
import type { Task } from "./task.ts";

/** What a task owns: files and folders, from the repository root. */
export interface Owner {
  readonly id: TaskId;
  readonly owned: readonly RepoPath[];
}

/** A file of the work tree, as far as owning is about it. */
export interface KnownFile {
  readonly path: RepoPath;
  readonly tracked: boolean;
}

/**
 * The files and folders that a task owns, in one spelling: `./dist/` is `dist`. A path that leaves the repository begins
 * with `..`. Throws what the plugin's hook throws.
 */
export function ownedPaths({ atom, context, project }: Task): RepoPath[] {
  if (atom.kind !== "build") return [];
  return fromRoot(project.root, atom.outputs?.(context) ?? []);
}

/** What a task keeps for itself between runs, in the same spelling. Throws what the plugin's hook throws. */
export function scratchPaths({ atom, context, project }: Task): RepoPath[] {
  return fromRoot(project.root, atom.scratch === undefined ? [] : perProject(atom.scratch, context));
}

function fromRoot(root: RepoPath, paths: readonly string[]): RepoPath[] {
  const normal = paths.map((path) => {
    const from = posix.isAbsolute(path) ? ".." : root;
    return posix.normalize(`${from}/${path}`).replace(/(?<=.)\/$/, "");
  });
  return [...new Set(normal)].sort(byCodeUnit);
}

/** What these tasks own; a hook that throws is a diagnostic. */
export function ownersOf(tasks: readonly Task[]): Result<readonly Owner[], readonly Diagnostic[]> {
  const asked = tasks.map((task) => ({ id: task.id, owned: guarded(`${task.id}: outputs`, () => ownedPaths(task)) }));
  const problems = asked.flatMap(({ owned }) => (owned.ok ? [] : [owned.error]));
  return problems.length > 0
    ? fail(problems)
    : ok(asked.map(({ id, owned }) => ({ id, owned: owned.ok ? owned.value : [] })));
}

/**
 * What is wrong with who owns what: nobody may own the root, what lies outside it, git's or the engine's own folders, a
 * path with a tracked file in it, or what another task owns. Each names both sides. Pure.
 */
export function checkOwnership(owners: readonly Owner[], files: Iterable<KnownFile>): Diagnostic[] {
  const all = owners.filter(({ owned }) => owned.length > 0).sort((a, b) => byCodeUnit(a.id, b.id));
  if (all.length === 0) return [];
  const claims = all.flatMap(({ id, owned }) => owned.map((path) => ({ id, path })));
  const misplaced = claims.flatMap((claim) => misplacedOutput(claim) ?? []);
  const placed = claims.filter((claim) => misplacedOutput(claim) === undefined);
  return [...misplaced, ...shared(placed), ...tracked(placed, files)];
}

interface Claim {
  readonly id: TaskId;
  readonly path: RepoPath;
}

function misplacedOutput({ id, path }: Claim): Diagnostic | undefined {
  const own =
    path.split("/").find((name) => name.toLowerCase() === ".git") ??
    (isInside(".symbiotic", path) ? ".symbiotic" : undefined);
  const why =
    path === "."
      ? "the root of the repository"
      : path === ".." || path.startsWith("../")
        ? `${path}, which is outside the repository`
        : own === undefined
          ? undefined
          : `${path}, which lies in ${own}`;
  if (why === undefined) return undefined;
  return errorOf("SYM3010", `${id} owns ${why.toWellFormed()}`, {
    hint: "let its atom name files and folders below the root that hold only what it makes",
  });
}

/** The first claim within another task's, for each two tasks. */
function shared(claims: readonly Claim[]): Diagnostic[] {
  const byPath = new Map<RepoPath, Claim[]>();
  for (const claim of claims) byPath.set(claim.path, [...(byPath.get(claim.path) ?? []), claim]);
  const told = new Set<string>();
  return claims.flatMap((inner) =>
    ancestors(inner.path).flatMap((folder) =>
      (byPath.get(folder) ?? []).flatMap((outer) => {
        const pair = [inner.id, outer.id].sort(byCodeUnit).join(" ");
        if (outer.id === inner.id || told.has(pair)) return [];
        told.add(pair);
        return [overlap(inner, outer)];
      }),
    ),
  );
}

function overlap(inner: Claim, outer: Claim): Diagnostic {
  const message =
    inner.path === outer.path
      ? `${[inner.id, outer.id].sort(byCodeUnit).join(" and ")} both own ${inner.path.toWellFormed()}`
      : `${outer.id} owns ${outer.path.toWellFormed()}, and ${inner.id} owns ${inner.path.toWellFormed()} in it`;
  return errorOf("SYM3011", message, { hint: "let each task write to a place of its own" });
}

/** The first tracked file in each claim. */
function tracked(claims: readonly Claim[], files: Iterable<KnownFile>): Diagnostic[] {
  const open = new Map(claims.map((claim) => [claim.path, claim]));
  const problems: Diagnostic[] = [];
  // Most files lie in a folder that another file has been found in.
  const seen = new Set<RepoPath>();
  for (const file of files) {
    if (!file.tracked) continue;
    for (let path = file.path; !seen.has(path); path = parentOf(path)) {
      seen.add(path);
      const claim = open.get(path);
      if (claim !== undefined) problems.push(trackedOutput(claim, file.path));
    }
  }
  return problems;
}

function trackedOutput({ id, path }: Claim, file: RepoPath): Diagnostic {
  const what = file === path ? "which git tracks" : `and git tracks ${file.toWellFormed()} in it`;
  return errorOf("SYM3012", `${id} owns ${path.toWellFormed()}, ${what}`, {
    location: { file: file.toWellFormed() },
    hint: "let the task write elsewhere, or take the file out of git with `git rm --cached`; results from the cache would overwrite it",
  });
}
