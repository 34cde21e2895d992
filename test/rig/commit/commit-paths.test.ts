import {
  chmodSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ownIdentity } from "../../../packages/engine/src/cache/process-identity.ts";
import { commitRig, told, type CommitRig } from "../../support/commit/commit-rig.ts";

/** Hooks and modes are those of a POSIX system. */
const WINDOWS = process.platform === "win32";
const FILES = { "a.txt": "a\n", "b.txt": "b\n", "d/c.txt": "c\n", ".gitignore": "out/\n*.log\n" };
/** Of nobody: made up for the test. */
const TOKEN = `ghp_${"a1B2".repeat(9)}`;

/** Nothing was committed, staged or written. */
function expectUntouched({ repository }: CommitRig, head: string, staged = ""): void {
  expect(repository.git("rev-parse", "HEAD")).toBe(head);
  expect(repository.git("diff", "--cached", "--name-status")).toBe(staged);
  expect(existsSync(join(repository.root, ".git/index.lock"))).toBe(false);
}

describe.skipIf(WINDOWS)("what is committed", () => {
  test("exactly the paths that are named: what is new, other, gone, moved, a link, a program", async () => {
    await using rig = commitRig({ ...FILES, "gone.txt": "g\n", "old.txt": "moved\n", "run.sh": "true\n" });
    const { repository } = rig;
    const { root } = repository;
    repository.write({ "a.txt": "a2\n", "new/x.txt": "x\n", "other.txt": "left\n", "b.txt": "left\n" });
    repository.remove("gone.txt");
    renameSync(join(root, "old.txt"), join(root, "moved.txt"));
    symlinkSync("a.txt", join(root, "link"));
    chmodSync(join(root, "run.sh"), 0o755);
    const parent = repository.git("rev-parse", "HEAD");
    const paths = ["a.txt", "new/x.txt", "gone.txt", "old.txt", "moved.txt", "link", "run.sh", "a.txt"];
    const result = await rig.commit(paths, { message: "Change much\n\nAnd say why." });
    const commit = repository.git("rev-parse", "HEAD");
    expect(result).toEqual({
      ok: true,
      value: {
        commit,
        parent,
        tree: repository.git("rev-parse", "HEAD^{tree}"),
        branch: "main",
        paths: ["a.txt", "gone.txt", "link", "moved.txt", "new/x.txt", "old.txt", "run.sh"],
      },
    });
    expect(
      rig
        .changed()
        .split("\n")
        .map((line) => line.replace("\t", " ")),
    ).toEqual([...["M a.txt", "D gone.txt", "A link", "A moved.txt", "A new/x.txt", "D old.txt", "M run.sh"]]);
    expect(repository.git("ls-tree", "HEAD", "run.sh", "link")).toMatch(/^120000.*link\n100755.*run\.sh$/);
    expect(repository.git("log", "-1", "--format=%P|%an <%ae>|%B")).toBe(
      `${parent}|T <t@example.org>|Change much\n\nAnd say why.`,
    );
    expect(repository.git("status", "--porcelain")).toBe(" M b.txt\n?? other.txt");
    expect(repository.git("reflog", "-1", "--format=%gs")).toBe("commit: Change much");
    expect(repository.git("fsck", "--no-dangling")).toBe("");
  });

  test("what the user has staged stays staged, and stays out", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    repository.write({ "a.txt": "a2\n", "b.txt": "staged\n", "n.txt": "n\n", "d/c.txt": "c2\n" });
    repository.git("add", "b.txt", "n.txt", "d/c.txt");
    repository.write({ "b.txt": "and more\n", "d/c.txt": "c3\n" });
    expect((await rig.commit(["a.txt", "d/c.txt"])).ok).toBe(true);
    expect(rig.changed()).toBe("M\ta.txt\nM\td/c.txt");
    expect(repository.git("show", "HEAD:d/c.txt")).toBe("c3");
    expect(repository.git("status", "--porcelain")).toBe("MM b.txt\nA  n.txt");
    expect(repository.git("show", ":b.txt")).toBe("staged");
  });

  test("the first commit of a repository, and one in a linked work tree", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    repository.git("switch", "--quiet", "--orphan", "fresh");
    repository.write({ "a.txt": "a\n" });
    const first = await rig.commit(["a.txt"], { branch: "fresh" });
    expect(first).toMatchObject({ ok: true, value: { parent: null } });
    expect(repository.git("log", "--format=%s", "fresh")).toBe("Change it");
    const tree = join(repository.home, "tree");
    repository.git("worktree", "add", "--quiet", "-b", "issue", tree, "main");
    writeFileSync(join(tree, "b.txt"), "b2\n");
    expect((await rig.commit(["b.txt"], { root: tree, branch: "issue" })).ok).toBe(true);
    expect(rig.changed("issue")).toBe("M\tb.txt");
    expect(repository.git("-C", tree, "status", "--porcelain")).toBe("");
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  test("a folder in the place of a file, a file in the place of a folder, and names that are globs", async () => {
    await using rig = commitRig({ ...FILES, x: "file\n", "y/z.txt": "z\n", "[a].txt": "1\n", "*.txt": "1\n" });
    const { repository } = rig;
    repository.remove("x", "y");
    repository.write({ "x/in.txt": "in\n", y: "file\n", "*.txt": "2\n", "a.txt": "2\n" });
    expect((await rig.commit(["x", "x/in.txt", "y/z.txt", "y", "*.txt"])).ok).toBe(true);
    expect(rig.changed()).toBe("M\t*.txt\nD\tx\nA\tx/in.txt\nA\ty\nD\ty/z.txt");
    expect(repository.git("status", "--porcelain")).toBe(" M a.txt");
    expect((await rig.commit(["x/in.txt", "y"])).ok).toBe(false);
  });

  test("a file that changed in the moment in which git looked at it is still told as changed", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    const moment = new Date("2026-01-01T00:00:00.250Z");
    const same = (...paths: readonly string[]): void => {
      for (const path of paths) utimesSync(join(repository.root, path), moment, moment);
    };
    // The time of a status change cannot be set.
    repository.git("config", "core.trustctime", "false");
    same("a.txt");
    repository.git("update-index", "--refresh");
    repository.write({ "a.txt": "A\n", "b.txt": "b2\n" });
    same("a.txt", ".git/index");
    expect((await rig.commit(["b.txt"])).ok).toBe(true);
    expect(repository.git("status", "--porcelain")).toBe(" M a.txt");
  });

  test("line ends and filters are those of `git add`", async () => {
    await using rig = commitRig({ ...FILES, ".gitattributes": "*.txt text eol=lf\n*.f filter=up\n" });
    const { repository } = rig;
    repository.git("config", "filter.up.clean", "tr a-z A-Z");
    repository.write({ "a.txt": "one\r\ntwo\r\n", "x.f": "loud" });
    expect((await rig.commit(["a.txt", "x.f"])).ok).toBe(true);
    expect(repository.git("show", "HEAD:a.txt")).toBe("one\ntwo");
    expect(repository.git("show", "HEAD:x.f")).toBe("LOUD");
    expect(repository.git("status", "--porcelain")).toBe("");
  });
});

describe.skipIf(WINDOWS)("what is refused", () => {
  test("every path that may not be committed is named, and nothing is, not even an object", async () => {
    await using rig = commitRig({ ...FILES, "tracked.log": "t\n" });
    const { repository } = rig;
    const { root } = repository;
    repository.write({
      ".env.local": "A=1\n",
      "a.log": "l\n",
      "out/x": "o\n",
      "deep/server.key": "k\n",
      "leak.txt": `fine\ntoken = "${TOKEN}"\n`,
      "known.txt": "the known-secret-value\n",
      "a.txt": "good\n",
      "sub/.git/HEAD": "ref: refs/heads/main\n",
      "sub/x.txt": "x\n",
      ".symbiotic/x": "x",
    });
    symlinkSync("..", join(root, "way"));
    const head = repository.git("rev-parse", "HEAD");
    const objects = repository.git("count-objects");
    const paths = [
      ...["a.txt", ".env.local", "a.log", "out/x", "deep/server.key", "leak.txt", "known.txt", "b.txt", "nowhere.txt"],
      ...[
        "../x.txt",
        "/etc/passwd",
        ".git/config",
        "way/x.txt",
        "d",
        "sub",
        "sub/x.txt",
        ".symbiotic/x",
        "./a.txt",
        ".",
      ],
    ];
    const result = await rig.commit(paths);
    expect(told(result)).toEqual([
      ...["SYM7304 .", "SYM7304 ../x.txt", "SYM7304 ./a.txt", "SYM7308 .env.local", "SYM7304 .git/config"],
      ...["SYM7304 .symbiotic/x", "SYM7304 /etc/passwd", "SYM7305 a.log", "SYM7307 b.txt", "SYM7307 d"],
      ...["SYM7308 deep/server.key", "SYM7309 known.txt 1", "SYM7309 leak.txt 2", "SYM7307 nowhere.txt"],
      ...["SYM7305 out/x", "SYM7306 sub", "SYM7306 sub/x.txt", "SYM7304 way/x.txt"],
    ]);
    expect(JSON.stringify(result)).not.toMatch(/ghp_|known-secret/);
    expectUntouched(rig, head);
    expect(repository.git("count-objects")).toBe(objects);
  });

  test("no path, no message, a secret in the message or in a name", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    repository.write({ "a.txt": "a2\n", [`${TOKEN}.txt`]: "x\n" });
    const head = repository.git("rev-parse", "HEAD");
    expect(told(await rig.commit([]))).toEqual(["SYM7303"]);
    expect(told(await rig.commit(["a.txt"], { message: " \n" }))).toEqual(["SYM7303"]);
    const leaking = await rig.commit([`${TOKEN}.txt`], { message: `use ${TOKEN}` });
    expect(told(leaking)).toEqual(["SYM7309", "SYM7309 [redacted:github].txt"]);
    expect(JSON.stringify(leaking)).not.toContain(TOKEN);
    expectUntouched(rig, head);
  });

  test("what is permitted, only speaks of secrets, moves, or goes is none", async () => {
    await using rig = commitRig({ ...FILES, ".env": "A=1\n", "old.txt": `token = "${TOKEN}"\n` });
    const { repository } = rig;
    repository.remove(".env");
    repository.write({ ".npmrc": "fund=false\n", "src/secrets.ts": "export {};\n", ".env.example": "A=\n" });
    renameSync(join(repository.root, "old.txt"), join(repository.root, "new.txt"));
    const paths = [".env", ".npmrc", "src/secrets.ts", ".env.example", "old.txt", "new.txt"];
    expect(told(await rig.commit(paths))).toEqual(["SYM7308 .npmrc"]);
    expect((await rig.commit(paths, { permit: ["**/.npmrc"] })).ok).toBe(true);
    repository.write({ "new.txt": `token = "${TOKEN}"\nother = "${TOKEN}"\n` });
    expect(told(await rig.commit(["new.txt"]))).toEqual(["SYM7309 new.txt 2"]);
    expect((await rig.commit(["new.txt"], { secrets: "allowed" })).ok).toBe(true);
  });

  test.skipIf(process.platform !== "linux")(
    "a name that is not UTF-8: what stands in it could not be looked at",
    async () => {
      await using rig = commitRig(FILES);
      const { repository } = rig;
      const head = repository.git("rev-parse", "HEAD");
      writeFileSync(Buffer.concat([Buffer.from(`${repository.root}/x`), Buffer.of(0xff)]), `token = "${TOKEN}"\n`);
      expect(told(await rig.commit(["x\udcff"]))).toEqual(["SYM7304 x\udcff"]);
      expectUntouched(rig, head);
    },
  );

  test("a submodule, whatever happened to it", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    const inner = commitRig({ "i.txt": "i\n" });
    await using other = inner;
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", other.repository.root, "mod");
    const head = repository.commit("with a submodule");
    writeFileSync(join(repository.root, "mod/i.txt"), "i2\n");
    expect(told(await rig.commit(["mod"]))).toEqual(["SYM7306 mod"]);
    expect(told(await rig.commit(["mod/i.txt"]))).toEqual(["SYM7306 mod/i.txt"]);
    rmSync(join(repository.root, "mod"), { recursive: true });
    expect(told(await rig.commit(["mod"]))).toEqual(["SYM7306 mod"]);
    expectUntouched(rig, head);
  });

  test("another branch, no branch, another root, an unfinished merge, and a locked index", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    repository.write({ "a.txt": "a2\n" });
    const head = repository.git("rev-parse", "HEAD");
    expect(told(await rig.commit(["a.txt"], { branch: "other" }))).toEqual(["SYM7301"]);
    expect(told(await rig.commit(["c.txt"], { root: join(repository.root, "d") }))).toEqual(["SYM7301"]);
    writeFileSync(join(repository.root, ".git/index.lock"), "");
    expect(told(await rig.commit(["a.txt"]))).toEqual(["SYM7313"]);
    rmSync(join(repository.root, ".git/index.lock"));
    expectUntouched(rig, head);
    repository.git("checkout", "--quiet", "--detach");
    expect(told(await rig.commit(["a.txt"]))).toEqual(["SYM7301"]);
    repository.git("checkout", "--quiet", "main");
    repository.git("stash");
    repository.git("switch", "--quiet", "-c", "side");
    repository.write({ "b.txt": "side\n" });
    repository.commit();
    repository.git("switch", "--quiet", "main");
    repository.write({ "b.txt": "main\n" });
    repository.commit();
    expect(() => repository.git("merge", "side")).toThrow();
    repository.write({ "a.txt": "a2\n" });
    expect(told(await rig.commit(["a.txt"]))).toEqual(["SYM7302"]);
    rmSync(join(repository.root, ".git/MERGE_HEAD"));
    expect(told(await rig.commit(["a.txt", "b.txt"]))).toEqual(["SYM7302 b.txt"]);
  });

  test("nobody to name as the author is an error that says what to do", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    repository.write({ "a.txt": "a2\n" });
    const { PATH = "", HOME = "" } = repository.env;
    const environment = { PATH, HOME, GIT_CONFIG_NOSYSTEM: "1" };
    const result = await rig.commit(["a.txt"], { environment });
    expect(result).toMatchObject({
      error: [{ code: "SYM7310", hint: expect.stringContaining("git config --global") }],
    });
    repository.git("config", "user.name", "Of the settings");
    repository.git("config", "user.email", "s@example.org");
    expect((await rig.commit(["a.txt"], { environment })).ok).toBe(true);
    expect(repository.git("log", "-1", "--format=%an <%ae> %cn")).toBe(
      "Of the settings <s@example.org> Of the settings",
    );
  });

  test("a signature that cannot be made is an error, and not a commit without one", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    repository.write({ "a.txt": "a2\n" });
    const head = repository.git("rev-parse", "HEAD");
    repository.git("config", "commit.gpgSign", "true");
    repository.git("config", "gpg.program", "false");
    expect(told(await rig.commit(["a.txt"]))).toEqual(["SYM7314"]);
    expectUntouched(rig, head);
  });
});

describe.skipIf(WINDOWS)("hooks", () => {
  const ALL = [
    "pre-commit",
    "prepare-commit-msg",
    "commit-msg",
    "post-commit",
    "reference-transaction",
    "post-index-change",
  ];

  test("none runs unless it is asked for", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    for (const name of ALL) rig.hook(name, `echo ${name} >> "${repository.home}/ran"; exit 1`);
    repository.write({ "a.txt": "a2\n" });
    expect((await rig.commit(["a.txt"])).ok).toBe(true);
    expect(existsSync(join(repository.home, "ran"))).toBe(false);
  });

  test("where they are asked for they see what is committed, and may change the message", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    rig.hook(
      "pre-commit",
      `git diff --cached --name-only > "${repository.home}/seen"; git rev-parse --abbrev-ref HEAD >> "${repository.home}/seen"`,
    );
    rig.hook("commit-msg", 'printf "\\nTicket: 7\\n" >> "$1"');
    rig.hook("post-commit", `git log -1 --format=%s > "${repository.home}/after"`);
    repository.write({ "a.txt": "a2\n", "b.txt": "staged\n" });
    repository.git("add", "b.txt");
    expect((await rig.commit(["a.txt"], { hooks: "run" })).ok).toBe(true);
    expect(readFileSync(join(repository.home, "seen"), "utf8")).toBe("a.txt\nmain\n");
    expect(readFileSync(join(repository.home, "after"), "utf8")).toBe("Change it\n");
    expect(repository.git("log", "-1", "--format=%B")).toBe("Change it\n\nTicket: 7");
    expect(repository.git("status", "--porcelain")).toBe("M  b.txt");
  });

  test("one that refuses, changes files, hangs, or writes a secret: nothing is committed, and what it said is told", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    repository.write({ "a.txt": "a2\n" });
    const head = repository.git("rev-parse", "HEAD");
    rig.hook("pre-commit", `echo "bad style ${TOKEN}" >&2; exit 3`);
    const refused = await rig.commit(["a.txt"], { hooks: "run" });
    expect(refused).toMatchObject({ error: [{ code: "SYM7311", notes: ["bad style [redacted:github]"] }] });
    rig.hook("pre-commit", "echo more >> b.txt; git add b.txt");
    expect(told(await rig.commit(["a.txt"], { hooks: "run" }))).toEqual(["SYM7311"]);
    rig.hook("pre-commit", "sleep 600");
    const late = await rig.commit(["a.txt"], { hooks: "run", timeoutMs: 300 });
    expect(late).toMatchObject({ error: [{ code: "SYM7311", notes: ["its time was up, and it was ended"] }] });
    rig.hook("pre-commit", "true");
    rig.hook("commit-msg", `echo ${TOKEN} >> "$1"`);
    expect(told(await rig.commit(["a.txt"], { hooks: "run" }))).toEqual(["SYM7309"]);
    expectUntouched(rig, head);
  });
});

test.skipIf(WINDOWS)("of two commits at once, each is whole or is an error, and none is lost", async () => {
  await using rig = commitRig(FILES);
  const { repository } = rig;
  const names = Array.from({ length: 4 }, (_, at) => `n${String(at)}.txt`);
  mkdirSync(join(repository.root, "d"), { recursive: true });
  for (const name of names) repository.write({ [name]: name });
  const results = await Promise.all(names.map((name) => rig.commit([name])));
  const made = results.flatMap((result) => (result.ok ? [result.value.commit] : []));
  expect(made.length).toBeGreaterThan(0);
  expect(results.flatMap(told).every((each) => /^SYM731[23]$/.test(each))).toBe(true);
  expect(repository.git("rev-list", "--count", "HEAD")).toBe(String(made.length + 1));
  const left = names.filter((_, at) => results[at]?.ok === false).map((name) => `?? ${name}`);
  expect(repository.git("status", "--porcelain")).toBe(left.join("\n"));
});

describe.skipIf(WINDOWS)("after a commit that was killed", () => {
  /** No process has this one. */
  const DEAD = 2 ** 30;

  /** As a killed commit leaves it: the index that was to be, and the lock, or what stands in its place. */
  function killed({ repository }: CommitRig, commit: string, at: "before" | "locked" | "renamed"): void {
    const folder = join(repository.root, ".git");
    const own = join(folder, `symbiotic-index.${String(DEAD)}.1.${commit}`);
    cpSync(join(repository.home, "index"), own);
    if (at === "locked") linkSync(own, join(folder, "index.lock"));
    if (at === "renamed") {
      rmSync(join(folder, "index"));
      linkSync(own, join(folder, "index"));
    }
  }

  /** A branch that has the commit, the index that belongs to it put aside, and the one before it in place. */
  async function committed(rig: CommitRig): Promise<string> {
    const { repository } = rig;
    const index = join(repository.root, ".git/index");
    repository.write({ "a.txt": "a2\n", "b.txt": "staged\n", "n.txt": "n\n" });
    repository.git("add", "b.txt");
    cpSync(index, join(repository.home, "before"));
    const result = await rig.commit(["a.txt"]);
    if (!result.ok) throw new Error("not committed");
    cpSync(index, join(repository.home, "index"));
    cpSync(join(repository.home, "before"), index);
    return result.value.commit;
  }

  test.each(["before", "locked", "renamed"] as const)(
    "%s: the next one goes on, and the index is that of the commit",
    async (at) => {
      await using rig = commitRig(FILES);
      const { repository } = rig;
      const commit = await committed(rig);
      if (at === "before") cpSync(join(repository.home, "index"), join(repository.root, ".git/index"));
      killed(rig, commit, at);
      expect((await rig.commit(["n.txt"])).ok).toBe(true);
      expect(repository.git("status", "--porcelain")).toBe("M  b.txt");
      expect(rig.changed()).toBe("A\tn.txt");
      expect(readdirSync(join(repository.root, ".git")).filter((name) => /symbiotic|lock/.test(name))).toEqual([]);
    },
  );

  test("before the branch had it, the index is as it was, and the commit is made anew", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    const commit = await committed(rig);
    repository.git("update-ref", "refs/heads/main", `${commit}^`);
    killed(rig, commit, "locked");
    expect((await rig.commit(["a.txt"])).ok).toBe(true);
    expect(repository.git("status", "--porcelain")).toBe("M  b.txt\n?? n.txt");
    expect(repository.git("rev-list", "--count", "HEAD")).toBe("2");
  });

  test("the lock of another git, and of a commit that is still at work, stay", async () => {
    await using rig = commitRig(FILES);
    const { repository } = rig;
    const commit = await committed(rig);
    killed(rig, commit, "before");
    const lock = join(repository.root, ".git/index.lock");
    writeFileSync(lock, "");
    expect(told(await rig.commit(["n.txt"]))).toEqual(["SYM7313"]);
    expect(existsSync(lock)).toBe(true);
    rmSync(lock);
    const { pid, startTime } = ownIdentity();
    const own = join(repository.root, `.git/symbiotic-index.${String(pid)}.${String(startTime)}.${"0".repeat(40)}`);
    cpSync(join(repository.home, "index"), own);
    linkSync(own, lock);
    expect(told(await rig.commit(["n.txt"]))).toEqual(["SYM7313"]);
    expect(existsSync(lock)).toBe(true);
  });
});
