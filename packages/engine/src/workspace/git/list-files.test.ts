import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { decodePath } from "../../core/path.ts";
import type { TestRepository } from "../../../test/support/test-repository.ts";
import { at, createRepository } from "../../../test/support/test-repository.ts";
import { listFiles } from "./list-files.ts";
import { openRepository } from "./repository.ts";

const LINUX = process.platform === "linux";
const UNIX = process.platform !== "win32";

function listed(repository: TestRepository, env: Readonly<Record<string, string>> = repository.env): string[] {
  const opened = openRepository(repository.root, env);
  if (!opened.ok) throw new Error(opened.error.message);
  const files = listFiles(opened.value);
  if (!files.ok) throw new Error(files.error.message);
  return files.value.map(({ path, tracked }) => (tracked ? path : `? ${path}`));
}

test("tracked, staged and untracked files are listed once each by code unit; ignored ones are not", () => {
  using repository = createRepository();
  repository.write({ ".gitignore": "*.log\n", "b.py": "b", "a/z.py": "z", Z: "Z", é: "e" });
  repository.commit();
  repository.write({ "staged.py": "s", "new.py": "n", "debug.log": "x", "b.py": "changed" });
  repository.git("add", "staged.py");
  expect(listed(repository)).toEqual([".gitignore", "Z", "a/z.py", "b.py", "? new.py", "staged.py", "é"]);
});

test("a repository without a commit or without a file is listed too", () => {
  using repository = createRepository();
  expect(listed(repository)).toEqual([]);
  repository.write({ a: "a", b: "b" });
  repository.git("add", "a");
  expect(listed(repository)).toEqual(["a", "? b"]);
});

test("an ignored file that is tracked all the same is listed", () => {
  using repository = createRepository();
  repository.write({ ".gitignore": "*.log\n", "kept.log": "x" });
  repository.git("add", "-f", "kept.log");
  expect(listed(repository)).toEqual(["? .gitignore", "kept.log"]);
});

test("a file that was deleted is left out, whether that was staged or not", () => {
  using repository = createRepository();
  repository.write({ a: "a", b: "b", c: "c" });
  repository.commit();
  repository.remove("a");
  repository.git("rm", "-q", "b");
  expect(listed(repository)).toEqual(["c"]);
});

test("a file that left the index but not the disk is untracked", () => {
  using repository = createRepository();
  repository.write({ a: "a" });
  repository.commit();
  repository.git("rm", "-q", "--cached", "a");
  expect(listed(repository)).toEqual(["? a"]);
});

test("a file in conflict is listed once", () => {
  using repository = createRepository();
  repository.write({ a: "base" });
  repository.commit();
  repository.git("checkout", "-q", "-b", "other");
  repository.write({ a: "theirs" });
  repository.commit();
  repository.git("checkout", "-q", "main");
  repository.write({ a: "ours" });
  repository.commit();
  expect(() => repository.git("merge", "-q", "other")).toThrow();
  expect(listed(repository)).toEqual(["a"]);
});

test("submodules and nested repositories are left out", () => {
  using library = createRepository();
  library.write({ "lib.py": "x" });
  library.commit();
  using repository = createRepository();
  repository.write({ a: "a" });
  repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", library.root, "vendor/lib");
  const nested = at(join(repository.root, "nested"), dirname(repository.root));
  mkdirSync(nested.root);
  nested.git("init", "-q");
  nested.write({ inside: "x" });
  nested.commit();
  expect(listed(repository)).toEqual([".gitmodules", "? a"]);
});

test.runIf(UNIX)("symbolic links are files, also dangling ones and ones to folders", () => {
  using repository = createRepository();
  repository.write({ "folder/a": "a" });
  repository.link("dangling", "nowhere");
  repository.link("tofolder", "folder");
  repository.commit();
  repository.link("untracked", "folder");
  expect(listed(repository)).toEqual(["dangling", "folder/a", "tofolder", "? untracked"]);
});

test.runIf(UNIX)("a file that a folder stands in for, and a folder that a link stands in for, are left out", () => {
  using repository = createRepository();
  repository.write({ was: "file", "folder/a": "a", "other/a": "a" });
  repository.commit();
  repository.remove("was", "folder");
  repository.write({ "was/inner": "x" });
  repository.link("folder", "other");
  expect(listed(repository)).toEqual(["? folder", "other/a", "? was/inner"]);
});

test("an entry that git was told to skip is listed while it exists", () => {
  using repository = createRepository();
  repository.write({ here: "x", gone: "x", "sparse/a": "x" });
  repository.commit();
  repository.git("update-index", "--skip-worktree", "here", "gone", "sparse/a");
  repository.remove("gone", "sparse");
  expect(listed(repository)).toEqual(["here"]);
});

test("names with line breaks, quotes, tabs and spaces come through whole", () => {
  using repository = createRepository();
  const names = UNIX ? ['quote"d', "line\nbreak", "tab\tbed", " spaced ", "? x", "H 1", "über"] : ["über", "a b"];
  repository.write(Object.fromEntries(names.map((name) => [name, "x"])));
  expect(new Set(listed(repository))).toEqual(new Set(names.map((name) => `? ${name}`)));
  repository.commit();
  expect(new Set(listed(repository))).toEqual(new Set(names));
});

test.runIf(LINUX)("names that are not UTF-8 come through as paths that can be turned back", () => {
  using repository = createRepository();
  const tracked = Buffer.from([0x61, 0xff, 0x2e, 0x70, 0x79]);
  const untracked = Buffer.from([0x62, 0xfe]);
  repository.writeBytes(tracked, "x");
  repository.write({ "é.py": "x" });
  repository.commit();
  repository.writeBytes(untracked, "x");
  expect(listed(repository)).toEqual([decodePath(tracked), `? ${decodePath(untracked)}`, "é.py"]);
});

test("the engine's own files are nobody's; a tracked artifacts folder is the repository's", () => {
  using repository = createRepository();
  repository.write({
    ".symbiotic/runs/1/log": "x",
    ".ai-audit.jsonl": "x",
    "artifacts/report.xml": "x",
    "artifacts/mine.txt": "x",
    "src/artifacts/a": "x",
  });
  repository.git("add", "-f", "artifacts/mine.txt", ".symbiotic/runs/1/log");
  expect(listed(repository)).toEqual(["artifacts/mine.txt", "? src/artifacts/a"]);
});

test("an inherited index file and git directory are ignored", () => {
  using repository = createRepository();
  using other = createRepository();
  repository.write({ a: "a" });
  repository.commit();
  const inherited = { GIT_INDEX_FILE: join(other.root, ".git", "index"), GIT_DIR: join(other.root, ".git") };
  expect(listed(repository, { ...repository.env, ...inherited })).toEqual(["a"]);
});

test("a linked work tree lists its own files", () => {
  using repository = createRepository();
  repository.write({ a: "a" });
  repository.commit();
  const linked = at(join(dirname(repository.root), "linked"), dirname(repository.root));
  repository.git("worktree", "add", "-q", "-b", "other", linked.root);
  linked.write({ b: "b" });
  expect(listed(linked)).toEqual(["a", "? b"]);
  expect(listed(repository)).toEqual(["a"]);
});

test("the ignore file of the user counts", () => {
  using repository = createRepository();
  repository.write({ "a.swp": "x", b: "x" });
  repository.write({ "../.config/git/ignore": "*.swp\n" });
  expect(listed(repository)).toEqual(["? b"]);
});
