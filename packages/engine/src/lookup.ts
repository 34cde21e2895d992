import { selectAtoms } from "./graph/selection.ts";
import { createLateFiles, type LateFiles } from "./execute/late-files.ts";
import type { LookupHostParts } from "./execute/lookup-host.ts";
import { listFiles } from "./workspace/git/list-files.ts";
import type { Opened } from "./open.ts";
import type { RunRequest } from "./request.ts";

/** What a request and a repository tell of looking tasks up: the same for a run and for commands that only look. */
export function lookupParts(opened: Opened, request: RunRequest): Omit<LookupHostParts, "cache" | "results"> {
  const { repository, workspace, config } = opened;
  const { environment, home, node, cacheMode } = request;
  const passed = config.settings.environment?.pass ?? [];
  return {
    root: repository.root,
    workspace,
    environment,
    passed,
    arguments: argumentsOf(opened, request),
    home,
    node,
    cacheMode,
  };
}

/** What stands behind `--` is for the one atom that is wanted, not for those that it depends on. */
function argumentsOf(
  { index, workspace }: Opened,
  { names, arguments: words = [] }: RunRequest,
): LookupHostParts["arguments"] {
  const wanted = selectAtoms(names, index, workspace);
  const [first] = wanted.ok ? wanted.value : [];
  return first === undefined || words.length === 0 ? undefined : { atom: first.atom, words };
}

/** What finds files that came after the work tree was listed. */
export function lateFiles({ repository, workspace, listedAt }: Opened): LateFiles {
  const list = (): readonly string[] | undefined => {
    const files = listFiles(repository);
    return files.ok ? files.value.map(({ path }) => path) : undefined;
  };
  return createLateFiles({ root: repository.root, files: workspace.files, listedAt, list });
}
