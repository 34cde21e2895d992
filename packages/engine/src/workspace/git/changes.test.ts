import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { decodePath } from "../../core/path.ts";
import type { TestRepository } from "../../../test/support/test-repository.ts";
import { at, createRepository } from "../../../test/support/test-repository.ts";
import type { BaseOptions } from "./base.ts";
import { detectBase } from "./base.ts";
import { changedFiles } from "./changes.ts";
import { openRepository } from "./repository.ts";

const LINUX = process.platform === "linux";
const UNIX = process.platform !== "win32";

function changes(repository: TestRepository, options: Partial<BaseOptions> = {}) {
  const opened = openRepository(repository.root, repository.env);
  if (!opened.ok) throw new Error(opened.error.message);
  const base = detectBase(opened.value, { env: {}, ...options });
  if (!base.ok) throw new Error(base.error.message);
  const found = changedFiles(opened.value, base.value);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

/** `status path` or `renamed new <- old`, a line each. */
function changed(repository: TestRepository, options: Partial<BaseOptions> = {}): string[] {
  return changes(repository, options).files.map(
    ({ path, status, from }) => `${status} ${path}${from === undefined ? "" : ` <- ${from}`}`,
  );
}

/** One commit on `main`, and a branch `feature` checked out. */
function branched(files: Readonly<Record<string, string>>): TestRepository {
  const repository = createRepository();
  repository.write(files);
  repository.commit();
  repository.git("checkout", "-q", "-b", "feature");
  return repository;
}

test("nothing changed is no file, and the comparison says with what", () => {
  using repository = branched({ a: "a" });
  const commit = repository.git("rev-parse", "HEAD");
  expect(changes(repository)).toEqual({
    comparison: { base: "main", commit, reason: "merge-base with main", changedFiles: 0 },
    files: [],
    upTo: null,
  });
});

test("committed, staged, unstaged and untracked changes all count", () => {
  using repository = branched({ committed: "1", staged: "1", unstaged: "1", same: "1", ".gitignore": "*.log\n" });
  repository.write({ committed: "2", "committed-new": "x" });
  repository.commit();
  repository.write({ staged: "2", "staged-new": "x" });
  repository.git("add", "-A");
  repository.write({ unstaged: "2", "folder/untracked": "x", "ignored.log": "x" });
  expect(changed(repository)).toEqual([
    "modified committed",
    "added committed-new",
    "added folder/untracked",
    "modified staged",
    "added staged-new",
    "modified unstaged",
  ]);
});

test("what changed on the base branch since does not count", () => {
  using repository = branched({ a: "1", b: "1" });
  repository.write({ a: "2" });
  repository.commit();
  repository.git("checkout", "-q", "main");
  repository.write({ b: "2" });
  repository.commit();
  repository.git("checkout", "-q", "feature");
  expect(changed(repository)).toEqual(["modified a"]);
});

test("deletions count, committed, staged or not", () => {
  using repository = branched({ committed: "1", staged: "1", unstaged: "1" });
  repository.remove("committed");
  repository.commit();
  repository.git("rm", "-q", "staged");
  repository.remove("unstaged");
  expect(changed(repository)).toEqual(["deleted committed", "deleted staged", "deleted unstaged"]);
});

test("a renamed file gives both paths and is counted once", () => {
  using repository = branched({ old: "some content\n", "staged-old": "other content\n" });
  repository.git("mv", "old", "new");
  repository.commit();
  repository.git("mv", "staged-old", "staged-new");
  expect(changed(repository)).toEqual([
    "renamed new <- old",
    "deleted old",
    "renamed staged-new <- staged-old",
    "deleted staged-old",
  ]);
  expect(changes(repository).comparison.changedFiles).toBe(2);
});

test("a file that was renamed twice came from its first name", () => {
  using repository = branched({ one: "some content\n" });
  repository.git("mv", "one", "two");
  repository.commit();
  repository.git("mv", "two", "three");
  expect(changed(repository)).toEqual(["deleted one", "renamed three <- one"]);
});

test("a file renamed without git, or whose old name is in use again, is an added one", () => {
  using repository = branched({ old: "some content\n", kept: "other content\n" });
  repository.remove("old");
  repository.write({ new: "some content\n" });
  repository.git("mv", "kept", "moved");
  repository.write({ kept: "new content\n" });
  expect(changed(repository)).toEqual(["modified kept", "added moved", "added new", "deleted old"]);
});

test("what was added in a commit and deleted since is no change; what was deleted and made again is a modification", () => {
  using repository = branched({ back: "1" });
  repository.write({ passing: "x" });
  repository.remove("back");
  repository.commit();
  repository.remove("passing");
  repository.write({ back: "2", "staged-only": "x" });
  repository.git("add", "staged-only");
  repository.remove("staged-only");
  expect(changed(repository)).toEqual(["modified back"]);
});

test("a file that left the index but not the disk is modified, and an intended addition is added", () => {
  using repository = branched({ a: "1" });
  repository.git("rm", "-q", "--cached", "a");
  repository.write({ intended: "x" });
  repository.git("add", "-N", "intended");
  expect(changed(repository)).toEqual(["modified a", "added intended"]);
});

test("a touched file whose content is the same is no change", () => {
  using repository = branched({ a: "1" });
  utimesSync(join(repository.root, "a"), 1_000_000_000, 1_000_000_000);
  expect(changed(repository)).toEqual([]);
});

test.runIf(UNIX)("a changed mode, and a file that became a link, are modifications", () => {
  using repository = branched({ mode: "1", kind: "1" });
  repository.git("update-index", "--chmod=+x", "mode");
  repository.remove("kind");
  repository.link("kind", "mode");
  expect(changed(repository)).toEqual(["modified kind", "modified mode"]);
});

test("files in conflict are changes", () => {
  using repository = branched({ both: "1\n", theirs: "1\n" });
  repository.write({ both: "ours\n" });
  repository.remove("theirs");
  repository.commit();
  repository.git("checkout", "-q", "main");
  repository.write({ both: "theirs\n", theirs: "theirs\n" });
  repository.commit();
  repository.git("checkout", "-q", "feature");
  expect(() => repository.git("merge", "-q", "main")).toThrow();
  expect(changed(repository, { base: "feature" })).toEqual(["modified both", "added theirs"]);
});

test("before the first commit every file is added", () => {
  using repository = createRepository();
  repository.write({ a: "a", b: "b" });
  repository.git("add", "a");
  expect(changed(repository)).toEqual(["added a", "added b"]);
});

test("the first commit in CI adds every file", () => {
  using repository = createRepository();
  repository.write({ a: "a", "b/c": "c" });
  repository.commit();
  expect(changed(repository, { env: { CI: "1" } })).toEqual(["added a", "added b/c"]);
});

test("with a head only commits up to it count; with HEAD, what is not committed counts too", () => {
  using repository = branched({ a: "1" });
  repository.write({ b: "1" });
  repository.commit();
  repository.write({ c: "1" });
  repository.commit();
  repository.write({ d: "1" });
  expect(changed(repository, { head: "HEAD~1" })).toEqual(["added b"]);
  expect(changed(repository, { head: "feature" })).toEqual(["added b", "added c"]);
  expect(changed(repository, { head: "HEAD" })).toEqual(["added b", "added c", "added d"]);
});

test("a detached HEAD and a linked work tree have their own changes", () => {
  using repository = branched({ a: "1" });
  const linked = at(join(dirname(repository.root), "linked"), dirname(repository.root));
  repository.git("worktree", "add", "-q", "--detach", linked.root);
  linked.write({ b: "1" });
  linked.commit();
  linked.write({ a: "2" });
  expect(changed(linked)).toEqual(["modified a", "added b"]);
  expect(changed(repository)).toEqual([]);
});

test("a submodule counts when its recorded commit changed, not for what lies in it", () => {
  using library = createRepository();
  library.write({ "lib.py": "1" });
  library.commit();
  using repository = branched({ a: "1" });
  repository.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", library.root, "lib");
  repository.commit();
  repository.git("branch", "-q", "-f", "main");
  repository.write({ "lib/lib.py": "2", "lib/new.py": "x" });
  expect(changed(repository)).toEqual([]);
  const inside = at(join(repository.root, "lib"), dirname(repository.root));
  inside.commit();
  expect(changed(repository)).toEqual(["modified lib"]);
});

test("the engine's own files and nested repositories are no changes", () => {
  using repository = branched({ a: "1" });
  repository.write({ ".symbiotic/runs/1": "x", ".ai-audit.jsonl": "x", "artifacts/report.xml": "x" });
  const nested = at(join(repository.root, "nested"), dirname(repository.root));
  repository.write({ "nested/a": "x" });
  nested.git("init", "-q");
  expect(changed(repository)).toEqual([]);
});

test("settings of the user that shape git's output change nothing", () => {
  using repository = branched({ "é a": "1", "b/c": "x\n" });
  const settings = {
    "status.showUntrackedFiles": "no",
    "core.quotePath": "true",
    "status.relativePaths": "true",
    "diff.renames": "false",
  };
  for (const [key, value] of Object.entries(settings)) repository.git("config", key, value);
  repository.git("mv", "b/c", "b/d");
  repository.write({ "é a": "2", "new/file": "x" });
  expect(changed(repository)).toEqual(["deleted b/c", "renamed b/d <- b/c", "added new/file", "modified é a"]);
});

test.runIf(UNIX)("names with line breaks, quotes and spaces come through whole", () => {
  using repository = branched({ 'old "name"\n ': "some content\n", " lead": "1" });
  repository.git("mv", 'old "name"\n ', "1 new\tname");
  repository.write({ " lead": "2", "? x": "x" });
  expect(changed(repository)).toEqual([
    "modified  lead",
    'renamed 1 new\tname <- old "name"\n ',
    "added ? x",
    'deleted old "name"\n ',
  ]);
});

test.runIf(LINUX)("names that are not UTF-8 come through", () => {
  using repository = branched({ a: "1" });
  const [committed, untracked] = [Buffer.from([0x62, 0xff]), Buffer.from([0x63, 0x20, 0xe9])];
  repository.writeBytes(committed, "x");
  repository.commit();
  repository.writeBytes(untracked, "y");
  expect(changed(repository)).toEqual([`added ${decodePath(committed)}`, `added ${decodePath(untracked)}`]);
});

test("the index is neither locked nor written", () => {
  using repository = branched({ a: "1" });
  const index = join(repository.root, ".git", "index");
  utimesSync(join(repository.root, "a"), 1_000_000_000, 1_000_000_000);
  const before = readFileSync(index);
  writeFileSync(`${index}.lock`, "");
  expect(changed(repository)).toEqual([]);
  expect(readFileSync(index).equals(before)).toBe(true);
});

test.runIf(UNIX)("a filter of the repository's own configuration is not run, one of the user's is", () => {
  using repository = branched({ ".gitattributes": "*.f filter=f\n", "a.f": "1" });
  const trace = join(dirname(repository.root), "started");
  const clean = `touch '${trace}'; cat`;
  repository.git("config", "filter.f.clean", clean);
  repository.write({ "a.f": "2" });
  expect(changed(repository)).toEqual(["modified a.f"]);
  expect(existsSync(trace)).toBe(false);
  repository.git("config", "--unset", "filter.f.clean");
  repository.git("config", "--global", "filter.f.clean", clean);
  repository.write({ "a.f": "3" });
  expect(changed(repository)).toEqual(["modified a.f"]);
  expect(existsSync(trace)).toBe(true);
});
