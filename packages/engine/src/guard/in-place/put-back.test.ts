import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { treeState } from "../../../../../test/support/tree-state.ts";
import { finishInPlace } from "./finish-in-place.ts";
import { lockInPlace } from "./lock-in-place.ts";
import { putBack } from "./put-back.ts";
import { sweep } from "./sweep.ts";
import { contentOf, takeSnapshot } from "./tree-snapshot.ts";

const OWN = /^\.symbiotic$/;

interface Tree extends Disposable {
  readonly root: string;
  write(path: string, text: string, mode?: number): void;
}

function tree(files: Readonly<Record<string, string>>): Tree {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-in-place-")));
  const write: Tree["write"] = (path, text, mode = 0o644) => {
    rmSync(join(root, path), { recursive: true, force: true });
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), mode);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  mkdirSync(join(root, ".symbiotic"));
  return {
    root,
    write,
    [Symbol.dispose]: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

const APART = [".symbiotic", "cache"];
const FILES = { "a.txt": "a", "src/b.txt": "b", "src/deep/c.txt": "c", "cache/kept.txt": "kept" };

test("whatever an agent does, the tree is what it was, and nothing that lay there is lost", { timeout: 60_000 }, () => {
  const places = ["a.txt", "src", "src/b.txt", "src/deep", "src/deep/c.txt", "new", "new/x", "link", "src/a.txt"];
  const step = fc.record({
    what: fc.constantFrom("write", "remove", "mode", "link", "folder", "move", "hard"),
    path: fc.constantFrom(...places),
    to: fc.constantFrom(...places),
    text: fc.string({ maxLength: 4 }),
    mode: fc.constantFrom(0o600, 0o644, 0o755, 0o700, 0o4755),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      using made = tree(FILES);
      const { root } = made;
      symlinkSync("../nowhere", join(root, "link"));
      const before = treeState(root, OWN);
      const snapshot = takeSnapshot(root, "call", APART);
      for (const { what, path, to, text, mode } of steps) attempt(root, { what, path, to, text, mode });
      const left = textsIn(root);
      const moved = putBack(root, snapshot);
      expect(treeState(root, OWN)).toEqual(before);
      const kept = new Set(
        [...moved.map((each) => each), ...Object.keys(before)].flatMap((path) => textAt(root, path)),
      );
      for (const text of left) expect(kept).toContain(text);
      expect(existsSync(join(root, ".symbiotic/in-place"))).toBe(false);
    }),
    { numRuns: 100 },
  );
});

interface Step {
  readonly what: string;
  readonly path: string;
  readonly to: string;
  readonly text: string;
  readonly mode: number;
}

/** Does one thing, if that can be done. */
function attempt(root: string, { what, path, to, text, mode }: Step): void {
  const place = join(root, path);
  try {
    if (what === "write") writeFileSync(place, text);
    if (what === "remove" && path !== "src") rmSync(place, { recursive: true });
    if (what === "mode") chmodSync(place, mode);
    if (what === "link") symlinkSync(to, place);
    if (what === "folder") mkdirSync(place, { recursive: true });
    if (what === "move") renameSync(place, join(root, to));
    if (what === "hard") linkSync(place, join(root, to));
  } catch {
    return;
  }
}

function textsIn(root: string): readonly string[] {
  return Object.keys(treeState(root, OWN)).flatMap((path) => textAt(root, path));
}

function textAt(root: string, path: string): readonly string[] {
  try {
    return [readFileSync(join(root, path), "utf8")];
  } catch {
    return [];
  }
}

test("a folder that no agent can reach and that was moved with the one around it goes back to where it was", () => {
  using made = tree({ "src/a.py": "", "src/__pycache__/a.pyc": "compiled" });
  const { root } = made;
  const before = treeState(root, OWN);
  const snapshot = takeSnapshot(root, "call", [".symbiotic", "src/__pycache__"]);
  mkdirSync(join(root, "lib"));
  renameSync(join(root, "src"), join(root, "lib/src"));
  made.write("src/__pycache__/a.pyc", "evil");
  expect(putBack(root, snapshot)).toEqual([
    ".symbiotic/displaced/call/lib/src/a.py",
    ".symbiotic/displaced/call/src/__pycache__/a.pyc",
  ]);
  expect(treeState(root, OWN)).toEqual(before);
});

test("a file that was put back is as old as it was", () => {
  using made = tree(FILES);
  const file = join(made.root, "a.txt");
  utimesSync(file, 1000, 1000);
  const snapshot = takeSnapshot(made.root, "call", APART);
  made.write("a.txt", "other");
  putBack(made.root, snapshot);
  expect(statSync(file).mtimeMs).toBe(1_000_000);
});

test("what cannot be put back in one go is kept, told, and put back by the next command", () => {
  using made = tree(FILES);
  const { root } = made;
  const before = treeState(root, OWN);
  const { items } = takeSnapshot(root, "call", APART);
  made.write("a.txt", "evil");
  rmSync(join(root, "src/b.txt"));
  const copy = contentOf(
    root,
    "call",
    items.findIndex(({ path }) => path === "src/b.txt"),
  );
  renameSync(copy, `${copy}.away`);
  expect(finishInPlace(root)).toMatchObject({ ok: false, error: [{ code: "SYM5067" }] });
  renameSync(`${copy}.away`, copy);
  // Meanwhile somebody writes there again.
  made.write("a.txt", "mine");
  expect(finishInPlace(root)).toMatchObject({ ok: true, value: [{ code: "SYM5066" }] });
  expect(treeState(root, OWN)).toEqual(before);
  expect(readFileSync(join(root, ".symbiotic/displaced/call/a.txt"), "utf8")).toBe("evil");
  expect(readFileSync(join(root, ".symbiotic/displaced/call-2/a.txt"), "utf8")).toBe("mine");
  expect(finishInPlace(root)).toEqual({ ok: true, value: [] });
});

test("a snapshot that was never whole means nothing, one that cannot be read stops all", () => {
  using made = tree(FILES);
  const { root } = made;
  mkdirSync(join(root, ".symbiotic/in-place/call/before"), { recursive: true });
  expect(finishInPlace(root)).toEqual({ ok: true, value: [] });
  expect(existsSync(join(root, ".symbiotic/in-place"))).toBe(false);
  made.write(".symbiotic/in-place/call/snapshot.json", "{}");
  expect(finishInPlace(root)).toMatchObject({ ok: false, error: [{ code: "SYM5067" }] });
});

test("while one works there nobody else does", () => {
  using made = tree(FILES);
  const lock = lockInPlace(made.root);
  expect(lock.ok).toBe(true);
  expect(finishInPlace(made.root)).toMatchObject({ ok: false, error: [{ code: "SYM5065" }] });
  if (lock.ok) lock.value.release();
  expect(finishInPlace(made.root)).toEqual({ ok: true, value: [] });
});

test("what git does not see is taken out, permissions are those that git has, and all else stays", () => {
  using made = tree({ ...FILES, "ignored.txt": "mine" });
  const { root } = made;
  chmodSync(join(root, "a.txt"), 0o640);
  const snapshot = takeSnapshot(root, "call", APART);
  made.write("a.txt", "changed", 0o6755);
  made.write("src/b.txt", "b", 0o666);
  made.write("new.txt", "new", 0o600);
  made.write("ignored.txt", "evil");
  made.write("other/ignored.txt", "evil too");
  rmSync(join(root, "src/deep"), { recursive: true });
  const seen = (paths: Readonly<Record<string, string>>): ReadonlyMap<string, string> => new Map(Object.entries(paths));
  const plain = "100644 blob 1";
  const moved = sweep(root, snapshot, {
    before: seen({ "a.txt": plain, "src/b.txt": plain, "src/deep/c.txt": plain }),
    after: seen({ "a.txt": "100755 blob 2", "src/b.txt": plain, "new.txt": plain }),
  });
  expect([...moved].sort()).toEqual([
    ".symbiotic/displaced/call/ignored.txt",
    ".symbiotic/displaced/call/other/ignored.txt",
  ]);
  const text = (mode: string, what: string): string => `file ${mode} ${Buffer.from(what).toString("base64")}`;
  expect(treeState(root, OWN)).toEqual({
    ".": "folder 700",
    ...{ "a.txt": text("750", "changed"), "ignored.txt": text("644", "mine"), "new.txt": text("644", "new") },
    ...{ cache: "folder 755", "cache/kept.txt": text("644", "kept") },
    ...{ src: "folder 755", "src/b.txt": text("644", "b") },
  });
});
