import { basename, dirname, isAbsolute } from "node:path";
import { isSettled, statOf } from "../fingerprint/files/file-stat.ts";
import { isFolder } from "./folder-names.ts";
import type { SeenPath } from "./seen-paths.ts";

/** Where paths lie, and when the run began, in milliseconds since 1970. */
export interface AbsenceHost {
  readonly root: string;
  readonly startedAt: number;
}

/**
 * Puts what is absent into one row with the folder in which it is absent: while that folder's state is the same, nothing was
 * put into it. Settings are looked for under twenty names in every project, and one look does for all of them.
 * On Windows not: some of its file systems do not write down when a folder got a new entry.
 */
export function groupAbsent(seen: readonly SeenPath[], host: AbsenceHost): readonly SeenPath[] {
  if (process.platform === "win32") return seen;
  const parents = new Map<string, SeenPath>();
  for (const [folder, names] of namesByFolder(seen)) {
    const stat = statOf(isAbsolute(folder) ? folder : `${host.root}/${folder}`);
    if (stat === undefined || !isFolder(stat)) continue;
    const settled = isSettled(stat, host.startedAt);
    parents.set(folder, { path: folder, kind: "parent", digest: "", stat, isSettled: settled, absent: [...names] });
  }
  const isInParent = ({ path, kind }: SeenPath): boolean =>
    kind === "absent" ? parents.has(dirname(path)) : (kind === "entry" || kind === "walked") && parents.has(path);
  return [...seen.filter((each) => !isInParent(each)), ...parents.values()];
}

function namesByFolder(seen: readonly SeenPath[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { path, kind } of seen) {
    if (kind !== "absent") continue;
    const folder = dirname(path);
    const known = names.get(folder) ?? new Set();
    names.set(folder, known.add(basename(path)));
  }
  return names;
}
