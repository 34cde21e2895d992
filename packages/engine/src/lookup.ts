import { isInside } from "./core/path.ts";
import { scratchPaths } from "./graph/ownership.ts";
import { createLateFiles, type LateFiles } from "./execute/late-files.ts";
import type { LookupHostParts } from "./execute/lookup-host.ts";
import { listFiles } from "./workspace/git/list-files.ts";
import type { Opened } from "./open.ts";
import type { Plan } from "./plan.ts";
import type { RunRequest } from "./request.ts";

/** What a request and a repository tell of looking tasks up: the same for a run and for commands that only look. */
export function lookupParts(
  opened: Opened,
  request: RunRequest,
  plan: Plan,
): Omit<LookupHostParts, "cache" | "results"> {
  const { repository, workspace, config, hashed } = opened;
  const { environment, home, node, cacheMode, hold } = request;
  const passed = config.settings.environment?.pass ?? [];
  return {
    root: repository.root,
    workspace,
    environment,
    passed,
    arguments: plan.words,
    changed: plan.changes?.files.flatMap(({ path, status }) => (status === "deleted" ? [] : [path])) ?? null,
    home,
    node,
    cacheMode,
    ...(hold === undefined ? {} : { hold }),
    ...(hashed === undefined ? {} : { hashed }),
  };
}

/** What finds files that came after the work tree was listed. What tools of the plan keep for themselves does not count. */
export function lateFiles({ repository, workspace, listedAt }: Opened, { graph }: Pick<Plan, "graph">): LateFiles {
  const scratch = (): string[] => [...new Set(graph.order.flatMap(scratchPaths))];
  const list = (): readonly string[] | undefined => {
    const files = listFiles(repository);
    if (!files.ok) return undefined;
    const kept = scratch();
    return files.value.map(({ path }) => path).filter((path) => !kept.some((folder) => isInside(folder, path)));
  };
  return createLateFiles({ root: repository.root, files: () => workspace.files, listedAt, list });
}
