import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createRepository, type TestRepository } from "../../../../../test/support/repository.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import { makeScratch, type Scratch } from "./scratch.ts";

const FILES = {
  ".gitignore": "*.log\n.env\ngenerated.py\nbuild/\n",
  "CLAUDE.md": "be good\n",
  "src/a.py": "one\ntwo\n",
  "src/b.py": "b\n",
};

function scratchOf(repository: TestRepository): Scratch {
  const opened = openRepository(repository.root, repository.env);
  if (!opened.ok) throw new Error(opened.error.message);
  const made = makeScratch({
    ...{ repository: opened.value, base: opened.value.head, environment: repository.env },
    place: join(dirname(repository.root), "scratch"),
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

function changed(scratch: Scratch): unknown {
  const changes = scratch.changes(1000);
  if (!changes.ok) throw new Error(changes.error.message);
  return changes.value.map(({ path, before, after, added }) => {
    return [path, before?.mode, after?.mode, ...added.map(({ line, text }) => `${String(line)} ${text}`)];
  });
}

test("it is the user's tree as it is, and nothing in it is a change", () => {
  using repository = createRepository(FILES);
  repository.write({ "src/a.py": "one\nmine\n", "new.py": "new\n", "generated.py": "made\n", ".env": "KEY=1\n" });
  repository.remove("src/b.py");
  const scratch = scratchOf(repository);
  const at = (path: string): string | undefined => {
    const place = join(scratch.roots.to, path);
    return existsSync(place) ? readFileSync(place, "utf8") : undefined;
  };
  expect(["src/a.py", "src/b.py", "new.py", "generated.py", ".env"].map(at)).toEqual([
    ...["one\nmine\n", undefined, "new\n", "made\n"],
    // Nobody needs it who writes code.
    undefined,
  ]);
  expect(changed(scratch)).toEqual([]);
  scratch.remove();
  expect(existsSync(scratch.folder)).toBe(false);
});

test("what tells agents what to do is that of the base", () => {
  using repository = createRepository(FILES);
  repository.write({ "CLAUDE.md": "be bad\n", ".claude/settings.json": "{}\n", "sub/AGENTS.md": "bad\n" });
  const { roots, ...scratch } = scratchOf(repository);
  expect(readFileSync(join(roots.to, "CLAUDE.md"), "utf8")).toBe("be good\n");
  expect(existsSync(join(roots.to, ".claude"))).toBe(false);
  expect(existsSync(join(roots.to, "sub/AGENTS.md"))).toBe(false);
  expect(changed({ roots, ...scratch })).toEqual([]);
});

test("every kind of change is seen, byte for byte, whatever the tree says of itself", () => {
  using repository = createRepository(FILES);
  const scratch = scratchOf(repository);
  const tree = scratch.roots.to;
  writeFileSync(join(tree, ".gitattributes"), "* text=auto eol=crlf filter=evil\n");
  writeFileSync(join(tree, "src/a.py"), "one\r\ntwo\nthree\n");
  rmSync(join(tree, "src/b.py"));
  symlinkSync("/etc/passwd", join(tree, "link"));
  linkSync(join(tree, "CLAUDE.md"), join(tree, "hard"));
  writeFileSync(join(tree, "run.sh"), "");
  chmodSync(join(tree, "run.sh"), 0o755);
  writeFileSync(join(tree, "x.log"), "ignored\n");
  expect(changed(scratch)).toEqual([
    [".gitattributes", undefined, "100644", "1 * text=auto eol=crlf filter=evil"],
    ["hard", undefined, "100644", "1 be good"],
    ["link", undefined, "120000", "1 /etc/passwd"],
    ["run.sh", undefined, "100755"],
    ["src/a.py", "100644", "100644", "1 one\r", "3 three"],
    ["src/b.py", "100644", undefined],
  ]);
  const changes = scratch.changes(1000);
  const names = changes.ok ? changes.value.map(({ path, names: many, target }) => [path, many, target]) : [];
  expect(names).toContainEqual(["hard", 2, undefined]);
  expect(names).toContainEqual(["link", 1, "/etc/passwd"]);
});

test("its git has the history and nothing of the user's: no remote, no setting, no branch, no hook", () => {
  using repository = createRepository(FILES);
  repository.git("remote", "add", "origin", "https://example.invalid/x.git");
  repository.git("config", "alias.own", "status");
  writeFileSync(join(repository.root, ".git/hooks/pre-commit"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const scratch = scratchOf(repository);
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: scratch.roots.to, env: repository.env, encoding: "utf8" }).trim();
  expect(git("log", "--format=%s")).toBe("first");
  expect([git("remote"), git("branch", "--format=%(refname:short)")]).toEqual(["", "work"]);
  expect(() => git("config", "alias.own")).toThrow();
  appendFileSync(join(scratch.roots.to, "src/a.py"), "three\n");
  const before = repository.git("count-objects", "-v");
  git("commit", "--quiet", "--all", "--message", "mine");
  expect(changed(scratch)).toEqual([["src/a.py", "100644", "100644", "3 three"]]);
  expect([repository.git("log", "--all", "--format=%s"), repository.git("count-objects", "-v")]).toEqual([
    "first",
    before,
  ]);
});

test("its own git directory can be broken, and the change is still seen", () => {
  using repository = createRepository(FILES);
  const scratch = scratchOf(repository);
  const tree = scratch.roots.to;
  writeFileSync(join(tree, ".git/config"), "[core]\n\tfsmonitor = touch /tmp/evil\n\tworktree = /\n");
  rmSync(join(tree, ".git/HEAD"));
  writeFileSync(join(tree, "src/b.py"), "bad\n");
  expect(changed(scratch)).toEqual([["src/b.py", "100644", "100644", "1 bad"]]);
});

test("a repository within is a change of its own kind, or none that can be read", () => {
  using repository = createRepository(FILES);
  const scratch = scratchOf(repository);
  const inner = join(scratch.roots.to, "inner");
  mkdirSync(inner);
  const git = (...args: string[]): void =>
    void execFileSync("git", args, { cwd: inner, env: repository.env, stdio: "ignore" });
  git("init", "--quiet");
  expect(scratch.changes(1000)).toMatchObject({ ok: false });
  git("commit", "--quiet", "--allow-empty", "--message", "inner");
  expect(changed(scratch)).toEqual([["inner", undefined, "160000", expect.stringContaining("1 Subproject commit")]]);
});
