import { openMemo } from "../cache/memo.ts";
import { ancestors, type RepoPath } from "../core/path.ts";
import { createToolFinder } from "../execute/tool-finder.ts";
import type { Project } from "../plugin/contract.ts";
import type { Variables } from "../fingerprint/variables.ts";
import type { Snapshot } from "./snapshot.ts";

/** Where tools are looked for. */
export interface ToolHost {
  readonly environment: Variables;
  readonly home: string;
  readonly node: string;
  /** The file in which earlier answers are kept. */
  readonly memo: string;
  /** Paths of the repository. */
  readonly files: readonly RepoPath[];
}

/** Whether the search for tools finds what it found. */
export function findsSameTools({ tools, projects, root }: Snapshot, host: ToolHost): boolean {
  const roots = new Map(projects);
  const owner = (path: RepoPath): Project | undefined => {
    const folder = ancestors(path).find((each) => roots.has(each));
    return folder === undefined ? undefined : projectAt(folder, roots.get(folder) ?? "");
  };
  const memo = openMemo(host.memo);
  const finder = createToolFinder({
    root,
    env: host.environment,
    home: host.home,
    node: host.node,
    memo,
    workspace: { files: host.files, owner },
  });
  for (const { project, specs, upstream } of tools)
    finder.find(
      project,
      specs,
      upstream.map((name) => ({ name })),
    );
  const answers = finder.asked();
  return answers.length === tools.length && answers.every(({ answer }, at) => answer === tools[at]?.answer);
}

function projectAt(root: RepoPath, name: string): Project {
  return { name, root, manifests: [], dependsOn: [], tags: [], nested: [], environments: [] };
}
