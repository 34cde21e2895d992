import { ancestors, joinRepo, type EnvironmentCandidate, type RepoPath } from "@symbiotic-build/engine";

/** A project, or one above it, whose environment Poetry may keep. */
export interface PoetryProject {
  /** The name from which Poetry derives the environment's. */
  readonly name: string;
  readonly root: RepoPath;
}

/** What decides where a project's environment may be. */
export interface EnvironmentQuestion {
  readonly root: RepoPath;
  /** The option `environment`. */
  readonly configured: string | undefined;
  readonly usesUv: boolean;
  /** This project and those above it that use Poetry, nearest first. */
  readonly poetry: readonly PoetryProject[];
}

const FOLDERS = [".venv", "venv"];

/**
 * Where a project's environment may be, most trusted first: what the configuration names, what uv was told, `.venv` and
 * then `venv` in the project and in each folder above it, Poetry's cache, the active environment, PATH.
 */
export function environmentsOf(question: EnvironmentQuestion): EnvironmentCandidate[] {
  const { root, configured, usesUv, poetry } = question;
  const folders = FOLDERS.flatMap((name) => ancestors(root).map((folder) => directory(joinRepo(folder, name))));
  return [
    ...(configured === undefined ? [] : [{ ...directory(tidy(configured)), configured: true } as const]),
    ...(usesUv ? [variable("UV_PROJECT_ENVIRONMENT")] : []),
    ...folders,
    ...poetry.map(({ name, root: at }) => ({ ecosystem: "python", kind: "poetry", name, root: at }) as const),
    variable("VIRTUAL_ENV"),
    variable("CONDA_PREFIX"),
    { ecosystem: "python", kind: "path" },
  ];
}

function directory(path: RepoPath): { ecosystem: "python"; kind: "directory"; path: RepoPath } {
  return { ecosystem: "python", kind: "directory", path };
}

function variable(name: string): EnvironmentCandidate {
  return { ecosystem: "python", kind: "variable", name };
}

function tidy(path: string): RepoPath {
  return (
    path
      .replaceAll("\\", "/")
      .replace(/^(?:\.\/)+/, "")
      .replace(/(?<=.)\/+$/, "") || "."
  );
}
