import { normalize } from "node:path/posix";
import {
  byCodeUnit,
  errorOf,
  fail,
  isInside,
  joinRepo,
  ok,
  type Diagnostic,
  type Finding,
  type Project,
  type RepoPath,
  type Result,
} from "@symbiotic-build/engine";

/** Who names a path, and the folder that relative paths start from. */
export interface PathStart {
  readonly tool: string;
  readonly folder: RepoPath;
}

/** What the engine writes for the repository's root in what a process left. */
const ROOT = "{root}";

/** The repository path of a file that a tool named. SYM4463 where it lies outside the repository. */
export function pathOf(named: string, { tool, folder }: PathStart): Result<RepoPath, Diagnostic> {
  if (named === ROOT) return ok(".");
  const path = named.replaceAll("\\", "/");
  const isOfRoot = path.startsWith(`${ROOT}/`);
  const way = isOfRoot ? path.slice(ROOT.length + 1) : path;
  if (/^(\/|[A-Za-z]:\/)|\{root\}/.test(way)) return fail(outside(tool, named));
  const joined = normalize(isOfRoot ? way : joinRepo(folder, way));
  return joined === ".." || joined.startsWith("../") ? fail(outside(tool, named)) : ok(joined);
}

/** Findings in the order of their places, without those in folders of other projects. */
export function ownFindings(findings: readonly Finding[], { nested }: Pick<Project, "nested">): readonly Finding[] {
  const own = findings.filter(({ file }) => !nested.some((folder) => isInside(folder, file)));
  return own.sort(
    (a, b) =>
      byCodeUnit(a.file, b.file) || byPlace(a, b) || byCodeUnit(a.rule, b.rule) || byCodeUnit(a.message, b.message),
  );
}

function byPlace(a: Finding, b: Finding): number {
  const [from, to] = [a.range?.start, b.range?.start];
  return (from?.line ?? 0) - (to?.line ?? 0) || (from?.column ?? 0) - (to?.column ?? 0);
}

function outside(tool: string, named: string): Diagnostic {
  return errorOf("SYM4463", `${tool} reported on ${named}, which is outside the repository`, {
    hint: `look in the settings of ${tool} for paths that leave the repository`,
  });
}
