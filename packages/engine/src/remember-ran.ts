import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ancestors, insideAny, joinRepo, type RepoPath } from "./core/path.ts";
import { isSettled, statOf } from "./fingerprint/files/file-stat.ts";
import { withRows } from "./snapshot/amend-table.ts";
import { isFolder } from "./snapshot/folder-names.ts";
import { allSeen, untouchedOrAbsent } from "./snapshot/see-file.ts";
import { kindAt, type SeenPath, type SeenTable } from "./snapshot/seen-paths.ts";
import type { Snapshot } from "./snapshot/snapshot.ts";
import type { StoredSnapshot } from "./snapshot/snapshot-file.ts";
import { untrackedDigest } from "./snapshot/untracked.ts";
import type { SettledRun } from "./tell-hits.ts";
import { needsOfRan, type Needs } from "./needs-of-ran.ts";

/** With a larger part of the rows a look at them is hardly shorter than at all. */
const MOST_OF_ROWS = 0.5;
/** With so many of the projects that is known before anything is looked at. */
const MOST_OF_PROJECTS = 0.9;
/** With more folders git is asked about the whole work tree. */
const MOST_FOLDERS = 500;

/**
 * Of the snapshot of a run, what the tasks that it ran and all tasks before them stand on, so that `why` need not look at the
 * rest of the repository: their inputs, and the settings and names in the folders of their projects and in those above.
 * Undefined where nothing was run, where that is most of the repository, and where it cannot be told by states.
 */
export function seenByRan(run: SettledRun, snapshot: Snapshot, seen: SeenTable): StoredSnapshot | undefined {
  // On Windows some file systems do not write down when a folder got a new entry.
  const needs = process.platform === "win32" ? undefined : needsOfRan(run, MOST_OF_PROJECTS);
  const names = needs && seeNames(needs, run);
  if (needs === undefined || names === undefined) return undefined;
  const table = withRows(seen, (path, at) => !needs.has(path, kindAt(seen, at)), names.seen);
  if (table.paths.length > seen.paths.length * MOST_OF_ROWS) return undefined;
  const { within } = names;
  return {
    snapshot: {
      ...snapshot,
      ...{ within, untracked: untrackedDigest(untrackedIn(within, run)) },
      tools: snapshot.tools.filter(({ project }) => needs.roots.has(project.root)),
      projects: snapshot.projects.filter(([root]) => needs.roots.has(root)),
      records: snapshot.records.filter(([key]) => needs.keys.has(key)),
    },
    seen: table,
    events: () => "[]",
  };
}

function untrackedIn(within: readonly RepoPath[], { opened }: SettledRun): RepoPath[] {
  if (within.length === 0) return [];
  return opened.untracked.filter(insideAny(new Set(within)));
}

/** By what it is told that no file came: rows, and the folders that git is asked about. */
interface SeenNames {
  readonly seen: readonly SeenPath[];
  readonly within: readonly RepoPath[];
}

/** Git is asked only where a folder was written to while the run ran, as by tools that keep something beside sources. */
function seeNames(needs: Needs, run: SettledRun): SeenNames | undefined {
  const { roots, readsAll } = needs;
  const isWhole = readsAll || roots.has(".") || roots.size > MOST_FOLDERS;
  // Git is told folders as text.
  if (isWhole || ![...roots].every((root) => root.isWellFormed())) return { seen: [], within: ["."] };
  const above = [...new Set([...roots].flatMap((folder) => ancestors(folder).slice(1)))];
  const below = foldersBelow(needs, run);
  const all = below && seeFolders([...above, ...below], run);
  if (all !== undefined) return { seen: all, within: [] };
  const seen = seeFolders(above, run);
  return seen && { seen, within: [...roots] };
}

/**
 * The folders of these projects and all folders in them, but for what tasks make and for other projects. Undefined for too
 * many, and where one cannot be read.
 */
function foldersBelow({ roots, owned }: Needs, { opened }: SettledRun): readonly RepoPath[] | undefined {
  const { repository, workspace } = opened;
  const isMeant = (path: RepoPath): boolean =>
    !owned.has(path) && !roots.has(path) && roots.has(workspace.owner(`${path}/.`)?.root ?? ".");
  const folders = [...roots];
  try {
    // An array that grows while it is walked is walked to its end.
    for (const folder of folders) {
      const entries = readdirSync(`${repository.root}/${folder}`, { withFileTypes: true });
      const below = entries.flatMap((entry) => (entry.isDirectory() ? [joinRepo(folder, entry.name)] : []));
      folders.push(...below.filter(isMeant));
      if (folders.length > MOST_FOLDERS) return undefined;
    }
    return folders;
  } catch {
    return undefined;
  }
}

/** Nothing comes into a folder whose state stays the same, and nothing that git ignores counts while its rules are the same. */
function seeFolders(folders: readonly RepoPath[], { opened, request }: SettledRun): readonly SeenPath[] | undefined {
  const { root, commonDir } = opened.repository;
  const startedAt = request.startedAt.getTime();
  const rules = folders.map((folder) => `${root}/${joinRepo(folder, ".gitignore")}`).filter((file) => existsSync(file));
  return allSeen([
    ...folders.map((folder) => seeFolder(folder, root, startedAt)),
    ...[join(commonDir, "info/exclude"), ...rules].map((file) => untouchedOrAbsent(file, startedAt)),
  ]);
}

function seeFolder(path: RepoPath, root: string, startedAt: number): SeenPath | undefined {
  const stat = statOf(`${root}/${path}`);
  // No names have this digest: in another state it is another folder.
  const seen = stat && ({ path, kind: "folder", digest: "", stat, isSettled: true } as const);
  return stat !== undefined && isFolder(stat) && isSettled(stat, startedAt) ? seen : undefined;
}
