import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { WorkFile } from "../workspace/git/list-files.ts";
import { type DividedFiles, knownWorkspace, type Workspace } from "../workspace/workspace.ts";
import type { GraphShape } from "./kept-graph.ts";

type WorkspaceShape = Pick<GraphShape, "projects" | "edges" | "files">;

/** A workspace without links and submodules as data. */
export function shapeOf(workspace: Workspace): WorkspaceShape {
  const { projects, edges, files } = workspace;
  const divided = Map.groupBy(files, (path) => workspace.owner(path)?.name ?? "");
  return { projects, edges, files: [...divided].map(([name, paths]) => [name, paths.join("\0")] as const) };
}

/** The workspace of that data. Only the files of projects that somebody asks for are told apart. */
export function workspaceOf({ projects, edges, files }: WorkspaceShape): Workspace {
  const texts = new Map(files);
  const known = new Map<string, readonly RepoPath[]>();
  let all: readonly RepoPath[] | undefined;
  const divided: DividedFiles = {
    get all() {
      return (all ??= files.flatMap(([, paths]) => paths.split("\0")).sort(byCodeUnit));
    },
    of(name) {
      const paths = known.get(name) ?? texts.get(name)?.split("\0") ?? [];
      known.set(name, paths);
      return paths;
    },
  };
  return knownWorkspace(projects, edges, divided);
}

/** The files of a workspace as git lists them; none of them is a link. */
export function workFiles(workspace: Workspace, untracked: readonly RepoPath[]): readonly WorkFile[] {
  const loose = new Set(untracked);
  return workspace.files.map((path) => ({ path, tracked: !loose.has(path), isLink: false }));
}
