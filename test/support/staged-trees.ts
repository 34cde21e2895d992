import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TestRepository } from "./repository.ts";

/** Contents by path: `100644 text`, `100755 text`, `-> text of a link`. */
export type Tree = Readonly<Record<string, string>>;

/** An atom's command that puts a copy of all that it sees into the folder `seen` of the home, and fails where it finds BAD. */
export const LOOK: string = [
  'rm -rf "$HOME/seen"',
  'mkdir "$HOME/seen"',
  'tar cf - --exclude ./.git --exclude ./.symbiotic . | tar xf - -C "$HOME/seen"',
  "! grep -rI BAD --include='*.txt' .",
].join("; ");

/** Paths are strings of bytes, as names need not be UTF-8. */
function bytesOf(path: string): Buffer {
  return Buffer.from(path, "latin1");
}

/** Each path below a folder, from it, but not what git and runs keep there. */
function entriesOf(root: string, folder = ""): readonly string[] {
  const place = Buffer.concat([Buffer.from(`${root}/`), bytesOf(folder)]);
  return readdirSync(place, { withFileTypes: true, encoding: "buffer" })
    .map((entry) => ({ name: entry.name.toString("latin1"), isFolder: entry.isDirectory() }))
    .filter(({ name }) => name !== ".git" && name !== ".symbiotic")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, isFolder }) => (isFolder ? entriesOf(root, `${folder}${name}/`) : [`${folder}${name}`]));
}

function placeOf(root: string, path: string): Buffer {
  return Buffer.concat([Buffer.from(`${root}/`), bytesOf(path)]);
}

/** Every file and link below a folder. */
export function filesOf(folder: string): Tree {
  return Object.fromEntries(entriesOf(folder).map((path) => [path, contentOf(placeOf(folder, path))]));
}

function contentOf(place: Buffer): string {
  const stat = lstatSync(place);
  if (stat.isSymbolicLink()) return `-> ${readlinkSync(place)}`;
  return `${(stat.mode & 0o100) === 0 ? "100644" : "100755"} ${readFileSync(place, "latin1")}`;
}

/** What the last task that looked has seen. */
export function seenIn({ home }: Pick<TestRepository, "home">): Tree {
  return filesOf(join(home, "seen"));
}

/** What git itself checks out of the index. */
export function indexOf(repository: TestRepository): Tree {
  const folder = join(repository.home, "expected");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  repository.git("checkout-index", "--all", "--ignore-skip-worktree-bits", `--prefix=${folder}/`);
  return filesOf(folder);
}

/** All that a run must leave as it is: each file of the work tree with its times and its inode, the index, HEAD, the branches. */
export function stateOf(repository: TestRepository): unknown {
  const files = entriesOf(repository.root).map((path) => {
    const place = placeOf(repository.root, path);
    const { mode, mtimeNs, ctimeNs, ino } = lstatSync(place, { bigint: true });
    return [path, [mode, mtimeNs, ctimeNs, ino].join(" "), contentOf(place)];
  });
  const index = readFileSync(repository.git("rev-parse", "--path-format=absolute", "--git-path", "index"), "latin1");
  return { files, index, refs: repository.git("for-each-ref"), head: repository.git("symbolic-ref", "HEAD") };
}
