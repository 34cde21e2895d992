import { isInside, type RepoPath } from "../core/path.ts";
import { distributionsIn, EDITABLE } from "../fingerprint/tool/distributions.ts";
import { locateEnvironments } from "../fingerprint/tool/environment.ts";
import type { FoundTool } from "../fingerprint/tool/found-tool.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import { interpreterFacts } from "../fingerprint/tool/interpreter.ts";
import { realPath, type Memo } from "../fingerprint/tool/memo.ts";
import type { Project } from "../plugin/project.ts";
import { placeIn } from "./environment-folders.ts";

/** What in a folder of sources counts as part of an installed package. */
const MODULE = /\.(?:pyi?|so|pyd)$/;

/** The files of the repository that are in a task's key as a part of its tool: sources that are installed in its environment for editing, and digested with it. */
export function keyedSources(
  found: FoundTool | undefined,
  { project, files }: { readonly project: Project; readonly files: readonly RepoPath[] },
  { host, memo }: { readonly host: Host; readonly memo: Memo },
): readonly RepoPath[] {
  const python = found?.substitutions["{python}"];
  if (found?.identity.kind !== "python" || python === undefined) return [];
  const records = new Map(found.identity.distributions.map(([name, , record]) => [name, record]));
  const folders = locateEnvironments(project.environments, host)
    .filter((environment) => environment.python === python)
    .flatMap((environment) => interpreterFacts(environment, host, memo)?.sites ?? [])
    .flatMap((site) => distributionsIn([site], memo))
    .filter(({ name, record }) => record === EDITABLE && records.get(name) !== EDITABLE)
    .flatMap(({ sources = [] }) => sources.flatMap((source) => placeIn(host.root, realPath(source)) ?? []));
  return folders.length === 0
    ? []
    : files.filter((path) => MODULE.test(path) && folders.some((folder) => isInside(folder, path)));
}
