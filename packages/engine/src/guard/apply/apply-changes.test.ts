import { spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { applyChanges, contentAt, type AppliedFile, type FileContent } from "./apply-changes.ts";
import { finishApplying } from "./finish-applying.ts";

const { signal } = new AbortController();
const text = (content: string, executable = false): FileContent => ({
  kind: "file",
  executable,
  bytes: Buffer.from(content),
});

interface Tree extends Disposable {
  readonly root: string;
  put(path: string, content: string): void;
  /** What lies in it, but for the engine's own. */
  all(): Readonly<Record<string, string>>;
}

function treeOf(files: Readonly<Record<string, string>>): Tree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-apply-")));
  const put = (path: string, content: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const [path, content] of Object.entries(files)) put(path, content);
  const all = (): Readonly<Record<string, string>> =>
    Object.fromEntries(
      readdirSync(root, { recursive: true, encoding: "utf8" })
        .filter((path) => !path.startsWith(".symbiotic") && !lstatSync(join(root, path)).isDirectory())
        .sort()
        .map((path) => {
          const place = join(root, path);
          return [path, lstatSync(place).isSymbolicLink() ? `→ ${readlinkSync(place)}` : readFileSync(place, "utf8")];
        }),
    );
  return { root, put, all, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** A change from what lies there now. */
function changeOf({ root }: Tree, path: string, after: FileContent | null): AppliedFile {
  return { path, before: contentAt(root, path), after };
}

test("files are changed, made, removed, made executable, and replaced by links and folders", async () => {
  using tree = treeOf({ "a.txt": "1\n", "b/c.txt": "2\n", "d.txt": "3\n", "e/f.txt": "4\n", "run.sh": "#!/bin/sh\n" });
  const changes = [
    changeOf(tree, "a.txt", text("one\n")),
    changeOf(tree, "b/c.txt", null),
    changeOf(tree, "d.txt", null),
    changeOf(tree, "d.txt/g.txt", text("5\n")),
    changeOf(tree, "e/f.txt", null),
    changeOf(tree, "e", text("6\n")),
    changeOf(tree, "link", { kind: "link", executable: false, bytes: Buffer.from("a.txt") }),
    changeOf(tree, "run.sh", text("#!/bin/sh\n", true)),
  ];
  expect(await applyChanges({ root: tree.root, id: "one", changes, signal })).toEqual({ ok: true, value: undefined });
  expect(tree.all()).toEqual({
    "a.txt": "one\n",
    "d.txt/g.txt": "5\n",
    e: "6\n",
    link: "→ a.txt",
    "run.sh": "#!/bin/sh\n",
  });
  expect(lstatSync(join(tree.root, "run.sh")).mode & 0o111).not.toBe(0);
  expect(existsSync(join(tree.root, "b"))).toBe(false);
  expect(existsSync(join(tree.root, ".symbiotic/applying/one"))).toBe(false);
});

test("who may read a file stays as it is, also where it becomes a program", async () => {
  using tree = treeOf({ "a.txt": "1\n", "run.sh": "2\n" });
  for (const path of ["a.txt", "run.sh"]) chmodSync(join(tree.root, path), 0o600);
  const changes = [changeOf(tree, "a.txt", text("one\n")), changeOf(tree, "run.sh", text("two\n", true))];
  await applyChanges({ root: tree.root, id: "one", changes, signal });
  const modes = ["a.txt", "run.sh"].map((path) => lstatSync(join(tree.root, path)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o700]);
});

test.each([
  ["edited", (tree: Tree) => tree.put("a.txt", "mine\n")],
  ["removed", (tree: Tree) => rmSync(join(tree.root, "a.txt"))],
  ["made executable", (tree: Tree) => chmodSync(join(tree.root, "a.txt"), 0o755)],
  [
    "replaced by a folder",
    (tree: Tree) => {
      rmSync(join(tree.root, "a.txt"));
      tree.put("a.txt/mine", "mine\n");
    },
  ],
  ["made, where it is to be new", (tree: Tree) => tree.put("new.txt", "mine\n")],
  [
    "led away by a link",
    (tree: Tree) => {
      rmSync(join(tree.root, "sub"), { recursive: true });
      mkdirSync(join(tree.root, "other"));
      symlinkSync("other", join(tree.root, "sub"));
    },
  ],
])("nothing is applied where a file was %s meanwhile", async (_, meanwhile) => {
  using tree = treeOf({ "a.txt": "1\n", "z.txt": "2\n", "sub/x.txt": "x\n" });
  const changes = [
    changeOf(tree, "z.txt", text("two\n")),
    changeOf(tree, "a.txt", text("one\n")),
    changeOf(tree, "new.txt", text("n\n")),
    changeOf(tree, "sub/new.txt", text("s\n")),
  ];
  meanwhile(tree);
  const left = tree.all();
  expect(await applyChanges({ root: tree.root, id: "one", changes, signal })).toMatchObject({
    ok: false,
    error: { code: "SYM5060", hint: expect.any(String) },
  });
  expect(tree.all()).toEqual(left);
});

/** Applies a change in another process that is killed when so many of its files are written. */
function killedAfter(tree: Tree, written: number): Promise<void> {
  const program = `
    import fs from "node:fs";
    import { syncBuiltinESMExports } from "node:module";
    const real = fs.renameSync;
    let left = ${String(written)};
    fs.renameSync = (from, to) => {
      if (!String(from).endsWith(".new") && left-- <= 0) process.kill(process.pid, "SIGKILL");
      real(from, to);
    };
    syncBuiltinESMExports();
    const { applyChanges, contentAt } = await import(${JSON.stringify(new URL("./apply-changes.ts", import.meta.url).href)});
    const root = ${JSON.stringify(tree.root)};
    const to = (path, content) => ({ path, before: contentAt(root, path), after: { kind: "file", executable: false, bytes: Buffer.from(content) } });
    const changes = ["a.txt", "b.txt", "new/c.txt"].map((path) => to(path, "after " + path));
    await applyChanges({ root, id: "one", changes, signal: new AbortController().signal });
  `;
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--conditions=@symbiotic-build/source", "--input-type=module", "-e", program],
      {
        stdio: ["ignore", "inherit", "inherit"],
      },
    );
    child.on("close", (code, end) => {
      if (end === "SIGKILL") resolve();
      else reject(new Error(`it was not killed: ${String(code)}`));
    });
  });
}

const BEFORE = { "a.txt": "1\n", "b.txt": "2\n" };
const AFTER = { "a.txt": "after a.txt", "b.txt": "after b.txt", "new/c.txt": "after new/c.txt" };

test.each([
  [0, BEFORE, "SYM5063"],
  [1, AFTER, "SYM5064"],
  [2, AFTER, "SYM5064"],
])(
  "a process that is killed after %i of three files leaves what the next one brings to its end",
  async (written, all, code) => {
    using tree = treeOf(BEFORE);
    await killedAfter(tree, written);
    expect(await finishApplying(tree.root, signal)).toMatchObject({ ok: true, value: [{ code }] });
    expect(tree.all()).toEqual(all);
    expect(await finishApplying(tree.root, signal)).toEqual({ ok: true, value: [] });
  },
);

test("a folder that became a link after the kill leads nothing away", async () => {
  using tree = treeOf(BEFORE);
  await killedAfter(tree, 2);
  mkdirSync(join(tree.root, "other"));
  rmSync(join(tree.root, "new"), { recursive: true, force: true });
  symlinkSync("other", join(tree.root, "new"));
  expect(await finishApplying(tree.root, signal)).toMatchObject({
    ok: false,
    error: [{ code: "SYM5062", location: { file: "new/c.txt" } }],
  });
  expect(readdirSync(join(tree.root, "other"))).toEqual([]);
});

test("an edit after the kill is not lost: nothing is touched, and all contents are kept", async () => {
  using tree = treeOf(BEFORE);
  await killedAfter(tree, 1);
  tree.put("b.txt", "mine\n");
  expect(await finishApplying(tree.root, signal)).toMatchObject({
    ok: false,
    error: [{ code: "SYM5062", location: { file: "b.txt" } }],
  });
  expect(tree.all()).toEqual({ "a.txt": "after a.txt", "b.txt": "mine\n" });
  const kept = join(tree.root, ".symbiotic/applying/one");
  expect(readFileSync(join(kept, "before/0"), "utf8")).toBe("1\n");
  expect(readFileSync(join(kept, "after/1"), "utf8")).toBe("after b.txt");
});

test.each(["../one", "a/b", "..", "a\\b"])("a change is kept under a name and nowhere else: %s is none", async (id) => {
  using tree = treeOf(BEFORE);
  const changes = [changeOf(tree, "a.txt", text("other\n"))];
  await expect(applyChanges({ root: tree.root, id, changes, signal })).rejects.toThrow("is no name of a change");
  expect(tree.all()).toEqual(BEFORE);
});
