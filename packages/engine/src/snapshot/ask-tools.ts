import { openMemo } from "../cache/memo.ts";
import { ancestors, type RepoPath } from "../core/path.ts";
import { createToolFinder } from "../execute/tool-finder.ts";
import { missingEnvironments } from "../fingerprint/tool/missing-environment.ts";
import type { Project } from "../plugin/project.ts";
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

/** Whether the search for tools finds what it found, and every environment that the configuration names is there. */
export function findsSameTools(snapshot: Snapshot, host: ToolHost): boolean {
  const { tools, root, environments } = snapshot;
  const { environment: env, home, node, files } = host;
  if (missingEnvironments(environments, { root, env, home }).length > 0) return false;
  const memo = openMemo(host.memo);
  const finder = createToolFinder({ root, env, home, node, memo, workspace: { files, owner: ownerIn(snapshot) } });
  for (const { project, specs, upstream } of tools)
    finder.find(project, specs, { upstream: upstream.map((name) => ({ name })) });
  memo.save();
  const answers = finder.asked();
  return answers.length === tools.length && answers.every(({ answer }, at) => answer === tools[at]?.answer);
}

function ownerIn({ projects }: Snapshot): (path: RepoPath) => Project | undefined {
  const roots = new Map(projects);
  return (path) => {
    const folder = ancestors(path).find((each) => roots.has(each));
    return folder === undefined ? undefined : projectAt(folder, roots.get(folder) ?? "");
  };
}

function projectAt(root: RepoPath, name: string): Project {
  return { name, root, manifests: [], dependsOn: [], tags: [], nested: [], environments: [] };
}
