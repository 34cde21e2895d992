import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";
import { records } from "../workspace/git/records.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";
import type { Roots } from "./node-modules.ts";
import { putEntry, type Entries, type Entry } from "./put-in-place.ts";

/** What git ignores in a work tree: single files, and folders that it ignores wholly. */
export interface Ignored {
  readonly files: readonly RepoPath[];
  readonly folders: readonly RepoPath[];
}

const LIST = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"];

/** Lists what git ignores, without looking into folders that it ignores. */
export function listIgnored(repository: Pick<Repository, "git">): Result<Ignored, Diagnostic> {
  const listed = gitOutput(repository, LIST);
  if (!listed.ok) return listed;
  const paths = records(listed.value).filter((path) => !isOwnFile(path.replace(/\/$/, ""), false));
  return ok({
    files: paths.filter((path) => !path.endsWith("/")),
    folders: paths.flatMap((path) => (path.endsWith("/") ? [path.slice(0, -1)] : [])),
  });
}

/** Larger ones are data rather than what a build left, and would be copied at each commit that changes them. */
const LARGEST = 64 * 1024 * 1024;
/** Folders that stand beside sources and without which an installed package does not know itself. */
const NOTES = /\.egg-info$/;

/**
 * Copies ignored files, such as a generated version or a compiled module, from the work tree: a task may read them, and
 * may write them, which must not change the work tree's. What an earlier call copied and what is gone is removed;
 * `manifest` is the file that knows. Tracked paths are left alone.
 */
export function copyIgnored(
  { files, folders }: Ignored,
  { from, to }: Roots,
  { tracked, manifest }: { readonly tracked: ReadonlySet<RepoPath>; readonly manifest: string },
): void {
  const copied = [...files, ...folders.filter((path) => NOTES.test(path))].filter((path) => !tracked.has(path));
  const before = existsSync(manifest) ? readFileSync(manifest, "utf8").split("\0") : [];
  const kept = new Set(copied);
  for (const path of before)
    if (path !== "" && !kept.has(path) && !tracked.has(path)) rmSync(join(to, path), { recursive: true, force: true });
  writeFileSync(manifest, copied.join("\0"));
  for (const path of copied) {
    const entry = entryOf(join(from, path));
    if (entry === undefined) continue;
    mkdirSync(dirname(join(to, path)), { recursive: true });
    putEntry(join(to, path), entry);
  }
}

function entryOf(place: string): Entry | undefined {
  const stat = lstatSync(place, { throwIfNoEntry: false });
  if (stat?.isSymbolicLink() === true) return { kind: "link", target: place };
  if (stat?.isDirectory() === true) return { kind: "folder", entries: entriesIn(place) };
  return stat?.isFile() === true && statSync(place).size <= LARGEST ? { kind: "copy", source: place } : undefined;
}

function entriesIn(folder: string): Entries {
  const entries = new Map<string, Entry>();
  for (const name of readdirSync(folder)) {
    const entry = entryOf(join(folder, name));
    if (entry !== undefined) entries.set(name, entry);
  }
  return entries;
}
