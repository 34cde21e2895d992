import { isInside, type RepoPath } from "../../core/path.ts";
import type { TaskId } from "../../core/task-id.ts";
import { ownersOf } from "../../graph/ownership.ts";
import { plan } from "../../plan.ts";
import type { Opened } from "../../open.ts";
import type { RunRequest } from "../../request.ts";

/** Tells which task of the whole repository makes what lies at a path. The graph is made when that is first asked. */
export function producers(opened: Opened, request: RunRequest): (path: RepoPath) => TaskId | undefined {
  let owners: readonly { readonly id: TaskId; readonly owned: readonly RepoPath[] }[] | undefined;
  return (path) => {
    owners ??= allOwners(opened, request);
    return owners.find(({ owned }) => owned.some((each) => isInside(each, path) || isInside(path, each)))?.id;
  };
}

function allOwners(
  opened: Opened,
  { environment }: RunRequest,
): readonly { readonly id: TaskId; readonly owned: readonly RepoPath[] }[] {
  const names = [...opened.index.atoms].flatMap(([id, { atom }]) => (atom.kind === "build" ? [id] : []));
  const planned = plan(opened, { names, filters: [], exclude: [], environment });
  const owners = planned.ok ? ownersOf(planned.value.graph.order) : planned;
  return owners.ok ? owners.value : [];
}
