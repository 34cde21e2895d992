import type { Project } from "../plugin/project.ts";
import { closureDigests, type Projects } from "./closures.ts";
import type { FileDigests } from "./files/file-digests.ts";
import type { Digest } from "./record.ts";

/** What stands for a project and all that it depends on, in keys. */
export interface ProjectClosures {
  /** Names and folders: hooks are given them. */
  neighbours(project: Project): Digest;
  /** What lockfiles resolve. */
  resolved(project: Project): Digest;
}

/** Closures over the projects of a workspace; each kind is made when it is first asked for. */
export function createProjectClosures(workspace: Projects, digests: FileDigests): ProjectClosures {
  let neighbours: ReadonlyMap<string, Digest> | undefined;
  let resolved: ReadonlyMap<string, Digest> | undefined;
  return {
    neighbours({ name }) {
      neighbours ??= closureDigests(workspace, (project) => [project.name, project.root]);
      return neighbours.get(name) ?? "";
    },
    resolved({ name }) {
      resolved ??= closureDigests(workspace, (project) => resolvedBy(project, digests));
      return resolved.get(name) ?? "";
    },
  };
}

/** For each lock what it resolves for the project; all of its bytes, where discovery did not tell. */
function resolvedBy({ locks = [], resolved = {} }: Project, digests: FileDigests): [string, string | null][] {
  return locks.map((path) => {
    const told = resolved[path];
    const file = told === undefined ? digests.digest(path) : undefined;
    return [path, told ?? (file?.ok === true ? (file.value?.sha256 ?? null) : null)];
  });
}
