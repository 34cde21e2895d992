import { existsSync } from "node:fs";
import { join } from "node:path";
import { nameOf } from "./core/path.ts";
import type { Variables } from "./fingerprint/variables.ts";
import { findsSameTools } from "./snapshot/ask-tools.ts";
import { askUntracked } from "./snapshot/untracked.ts";
import type { SecondLook } from "./snapshot/look-again.ts";
import { learn, lookAtTree } from "./snapshot/look-at-tree.ts";
import { RULES, watchedIn } from "./snapshot/see-walked.ts";
import { kindAt, pathAt, type SeenTable } from "./snapshot/seen-paths.ts";
import type { Snapshot } from "./snapshot/snapshot.ts";
import {
  parseSnapshot,
  readSnapshotBytes,
  snapshotFile,
  snapshotFiles,
  type StoredSnapshot,
} from "./snapshot/snapshot-file.ts";
import { findWorkTree, type FoundWorkTree } from "./snapshot/work-tree.ts";

/** From where, by whom and with what snapshots are looked at. */
export interface LookRequest {
  readonly cwd: string;
  /** The folder that this process stands in, absolute. */
  readonly here: string;
  readonly version: string;
  readonly environment: Variables;
  readonly home: string;
  /** This Node, absolute. */
  readonly node: string;
}

/** A snapshot of which nothing but the bytes of inputs is other than it was. */
export interface FoundSnapshot {
  /** Where the snapshot lies. */
  readonly file: string;
  readonly stored: StoredSnapshot;
  readonly look: SecondLook;
}

/** The snapshot of a command line, if nothing but the bytes of inputs is other than it was. */
export function findSnapshot(request: LookRequest, command: string): Promise<FoundSnapshot | undefined> {
  return find(request, {
    files: (gitDir) => [snapshotFile(gitDir, command)],
    isMeant: (snapshot) => snapshot.command === command,
    isWhole: true,
  });
}

/**
 * The newest snapshot that is meant, if nothing at all is other than it was: of what a run left of the tasks that it ran, or
 * else of whole runs.
 */
export async function findUnchanged(
  request: LookRequest,
  isMeant: (snapshot: Snapshot) => boolean,
): Promise<Snapshot | undefined> {
  for (const which of ["ran", "snapshots"] as const) {
    const files = (gitDir: string): readonly string[] => snapshotFiles(gitDir, which);
    const found = await find(request, { files, isMeant, isWhole: which === "snapshots" });
    if (found?.look.edited.length === 0) return found.stored.snapshot;
  }
  return undefined;
}

/** Which snapshots come into question: those files of a git directory, and of them the first that is meant. */
interface Choice {
  readonly files: (gitDir: string) => readonly string[];
  readonly isMeant: (snapshot: Snapshot) => boolean;
  /** Whether they are of the whole work tree. */
  readonly isWhole: boolean;
}

async function find(request: LookRequest, choice: Choice): Promise<FoundSnapshot | undefined> {
  const git = new AbortController();
  try {
    const tree = findWorkTree(request.cwd);
    const files = tree === undefined ? [] : choice.files(tree.gitDir).filter((file) => existsSync(file));
    if (tree === undefined || files.length === 0) return undefined;
    const ask = (within?: Snapshot["within"]): ReturnType<typeof askUntracked> =>
      askUntracked({ cwd: request.cwd, root: tree.root, within }, request.environment, git.signal);
    const chosen = choose(files, tree, { ...choice, version: request.version });
    if (chosen === undefined) return undefined;
    const { stored, file } = chosen;
    const { ignored, within, untracked, wrote } = stored.snapshot;
    const isToldByFolders = choice.isWhole ? ignored !== undefined && wrote !== true : within?.length === 0;
    // Git lists in a process beside this one while every file is looked at here.
    const listing = isToldByFolders ? undefined : ask(within);
    const look = await compare(stored, request, tree.gitDir);
    if (look === undefined) return undefined;
    const isAsked = listing !== undefined || (choice.isWhole && mayHaveNewFiles(look, stored.seen));
    if (isAsked && (await (listing ?? ask())) !== untracked) return undefined;
    return { file, look, stored: isAsked && ignored !== undefined ? withKnownFolders(stored, look) : stored };
  } catch {
    // What cannot be looked at may have changed: the whole way says what is wrong with it.
    return undefined;
  } finally {
    git.abort();
  }
}

/** Whether a file may have come that git would list: into a folder, or by other rules. */
function mayHaveNewFiles(look: SecondLook, seen: SeenTable): boolean {
  return look.moved.length > 0 || hasOtherRules(look, seen);
}

function hasOtherRules({ edited }: SecondLook, seen: SeenTable): boolean {
  return edited.some((at) => nameOf(pathAt(seen, at)) === RULES);
}

/** Folders and rules that came are not in the table, and nobody would see what comes into them: git is asked from now on. */
function withKnownFolders(stored: StoredSnapshot, look: SecondLook): StoredSnapshot {
  const { snapshot, seen } = stored;
  const unknown = new Set(look.moved.flatMap((at) => watchedIn(snapshot.root, pathAt(seen, at))));
  for (let at = 0; at < seen.paths.length && unknown.size > 0; at += 1) unknown.delete(pathAt(seen, at));
  for (const folder of snapshot.ignored ?? []) unknown.delete(folder);
  const isKnown = unknown.size === 0 && !hasOtherRules(look, seen);
  return isKnown ? stored : { ...stored, snapshot: { ...snapshot, ignored: undefined } };
}

function choose(
  files: readonly string[],
  { root }: FoundWorkTree,
  { isMeant, version }: Pick<Choice, "isMeant"> & { readonly version: string },
): Pick<FoundSnapshot, "file" | "stored"> | undefined {
  const user = process.getuid?.() ?? null;
  for (const file of files) {
    const bytes = readSnapshotBytes(file);
    const stored = bytes && parseSnapshot(bytes, version);
    if (stored === undefined || !isMeant(stored.snapshot)) continue;
    const { snapshot } = stored;
    return snapshot.root === root && snapshot.user === user ? { file, stored } : undefined;
  }
  return undefined;
}

/** Looks at all that the snapshot saw; undefined where more changed than the bytes of inputs. */
async function compare(
  { snapshot, seen }: StoredSnapshot,
  { environment, home, node, here }: LookRequest,
  gitDir: string,
): Promise<SecondLook | undefined> {
  const { tools, environments, cache } = snapshot;
  const look = lookAtTree(snapshot, seen, { environment, here, gitDir });
  if (look === undefined) return undefined;
  const buckets = look.written.flatMap(({ at }) => (kindAt(seen, at) === "records" ? (seen.paths[at] ?? "") : []));
  if (buckets.length > 0) {
    const { findsSameRecords } = await import("./snapshot/ask-records.ts");
    if (!findsSameRecords(snapshot, buckets)) return undefined;
  }
  learn(seen, look.written);
  if (tools.length + environments.length === 0) return look;
  const host = { environment, home, node, memo: join(cache, "tools.memo"), files: seen.paths };
  return findsSameTools(snapshot, host) ? look : undefined;
}
