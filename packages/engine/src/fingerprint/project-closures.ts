import type { Project } from "../plugin/project.ts";
import { createClosureDigests, type Projects } from "./closures.ts";
import type { FileDigests } from "./files/file-digests.ts";
import type { Digest } from "./record.ts";

/** What stands for a project and all that it depends on, in keys. */
export interface ProjectClosures {
  /** Names and folders: hooks are given them. */
  neighbours(project: Project): Digest;
  /** What lockfiles resolve. */
  resolved(project: Project): Digest;
}

/** Closures over the projects of a workspace. */
export function createProjectClosures(workspace: Projects, digests: FileDigests): ProjectClosures {
  const neighbours = createClosureDigests(workspace, ({ name, root }) => [name, root]);
  const resolved = createClosureDigests(workspace, (project) => resolvedBy(project, digests));
  return { neighbours: ({ name }) => neighbours(name), resolved: ({ name }) => resolved(name) };
}

/** For each lock what it resolves for the project; all of its bytes, where discovery did not tell. */
function resolvedBy({ locks = [], resolved = {} }: Project, digests: FileDigests): [string, string | null][] {
  return locks.map((path) => {
    const told = resolved[path];
    const file = told === undefined ? digests.digest(path) : undefined;
    return [path, told ?? (file?.ok === true ? (file.value?.sha256 ?? null) : null)];
  });
}
