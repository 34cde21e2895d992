import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { fileMode, statOf } from "../fingerprint/files/file-stat.ts";
import { digestOf, hashFile } from "../fingerprint/files/hash-file.ts";
import { folderNames, namesDigest } from "./folder-names.ts";
import { lookAgain, placeDigest, type SecondLook } from "./look-again.ts";
import { isProvenAt, seenTable, type SeenKind, type SeenPath } from "./seen-paths.ts";

interface Folder extends Disposable {
  readonly root: string;
  readonly write: (path: string, text: string) => void;
  readonly at: (path: string) => string;
}

function makeFolder(): Folder {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-look-")));
  const at = (path: string): string => join(root, path);
  return {
    root,
    at,
    write: (path, text) => {
      mkdirSync(join(at(path), ".."), { recursive: true });
      writeFileSync(at(path), text);
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

function see({ at }: Folder, path: string, kind: SeenKind, isSettled = true): SeenPath {
  const stat = statOf(at(path));
  if (stat === undefined) return { path, kind, digest: "", isSettled };
  const digest =
    kind === "file" || kind === "input"
      ? hashFile(at(path), stat.size)
      : kind === "folder"
        ? folderNames(at(path)).digest
        : kind === "place"
          ? placeDigest(at(path))
          : "";
  return { path, kind, digest, stat, isSettled };
}

const LATER = Date.now() + 3_600_000;

function look(folder: Folder, seen: readonly SeenPath[], now = LATER): SecondLook | undefined {
  return lookAgain(seenTable(seen), { root: folder.root, now: () => now });
}

const SAME = { edited: [], moved: [], written: [], hasLearned: false };

test("what was not touched is the same, and its bytes are not read", () => {
  using folder = makeFolder();
  folder.write("a", "1");
  folder.write("d/x", "1");
  const seen = [
    see(folder, "a", "file"),
    see(folder, "d", "folder"),
    see(folder, "none", "absent"),
    see(folder, "a", "entry"),
  ];
  expect(look(folder, seen)).toEqual(SAME);
  const [a] = seen;
  // A digest that is wrong does not show: the state proves it.
  expect(look(folder, [{ ...(a as SeenPath), digest: digestOf("other") }])).toEqual(SAME);
});

test("a state that proves nothing has its bytes read, though nothing was touched", () => {
  using folder = makeFolder();
  folder.write("a", "1");
  const row = see(folder, "a", "input", false);
  expect(look(folder, [row])).toEqual({ ...SAME, hasLearned: true });
  // As after an edit in the same tick of the file system's clock.
  expect(look(folder, [{ ...row, digest: digestOf("2") }])).toEqual({ ...SAME, edited: [0] });
  expect(look(folder, [{ ...row, kind: "file", digest: digestOf("2") }])).toBeUndefined();
});

test("a file that was touched is learned once it is old enough to tell the next touch", () => {
  using folder = makeFolder();
  folder.write("a", "1");
  const row = see(folder, "a", "file");
  utimesSync(folder.at("a"), 1, 1);
  const table = seenTable([row]);
  const young = statOf(folder.at("a"))?.ctimeMs ?? 0;
  expect(lookAgain(table, { root: folder.root, now: () => young })).toEqual(SAME);
  expect(isProvenAt(table, 0)).toBe(false);
  expect(lookAgain(table, { root: folder.root, now: () => LATER })).toEqual({ ...SAME, hasLearned: true });
  expect(isProvenAt(table, 0)).toBe(true);
  expect(lookAgain(table, { root: folder.root, now: () => LATER })).toEqual(SAME);
});

test("an input with other bytes is named; one that is gone, or no file any more, is more than that", () => {
  using folder = makeFolder();
  for (const name of ["a", "b", "c"]) folder.write(name, "1");
  const seen = ["a", "b", "c"].map((name) => see(folder, name, "input"));
  folder.write("b", "2");
  expect(look(folder, seen)).toEqual({ ...SAME, edited: [1] });
  rmSync(folder.at("c"));
  expect(look(folder, seen)).toBeUndefined();
  mkdirSync(folder.at("c"));
  expect(look(folder, seen)).toBeUndefined();
});

test.runIf(process.platform !== "win32")("links and modes are told apart", () => {
  using folder = makeFolder();
  folder.write("a", "1");
  folder.write("b", "1");
  const [input, file, entry] = (["input", "file", "entry"] as const).map((kind) => see(folder, "a", kind));
  chmodSync(folder.at("a"), 0o755);
  expect(look(folder, [input as SeenPath])).toEqual({ ...SAME, edited: [0] });
  expect(look(folder, [file as SeenPath])).toBeUndefined();
  expect(look(folder, [entry as SeenPath])).toEqual(SAME);
  rmSync(folder.at("a"));
  symlinkSync("b", folder.at("a"));
  for (const row of [input, file, entry]) expect(look(folder, [row as SeenPath])).toBeUndefined();
});

test("a folder with another name in it is another, one with an empty folder is not, and is looked into each time", () => {
  using folder = makeFolder();
  folder.write("d/x", "1");
  const row = see(folder, "d", "folder");
  mkdirSync(folder.at("d/e/f"), { recursive: true });
  const table = seenTable([row]);
  const again = (): SecondLook | undefined => lookAgain(table, { root: folder.root, now: () => LATER });
  expect(again()).toEqual({ ...SAME, moved: [0] });
  expect(isProvenAt(table, 0)).toBe(true);
  // The folder itself is not touched by what comes into the one below it.
  folder.write("d/e/f/y", "1");
  expect(again()).toBeUndefined();
});

test("something where nothing was, and nothing where something was, is a change", () => {
  using folder = makeFolder();
  const none = see(folder, "a", "absent");
  folder.write("a", "1");
  const entry = see(folder, "a", "entry");
  expect(look(folder, [none])).toBeUndefined();
  rmSync(folder.at("a"));
  expect(look(folder, [entry])).toBeUndefined();
  mkdirSync(folder.at("a"));
  expect(look(folder, [entry])).toBeUndefined();
  expect(look(folder, [none])).toBeUndefined();
});

test("a place that leads elsewhere is another", () => {
  using folder = makeFolder();
  folder.write("one/x", "1");
  folder.write("two/x", "1");
  symlinkSync(folder.at("one"), folder.at("link"), "junction");
  const row = see(folder, "link/x", "place");
  expect(look(folder, [row])).toEqual(SAME);
  rmSync(folder.at("link"));
  symlinkSync(folder.at("two"), folder.at("link"), "junction");
  expect(look(folder, [row])).toBeUndefined();
  rmSync(folder.at("link"));
  expect(look(folder, [row])).toBeUndefined();
});

test("records and an index that were written to are named, with the state before they are read", () => {
  using folder = makeFolder();
  folder.write("records", "1");
  folder.write("index", "1");
  const seen = [see(folder, "records", "records"), see(folder, "index", "index")];
  expect(look(folder, seen)).toEqual(SAME);
  folder.write("records", "12");
  const stat = statOf(folder.at("records"));
  expect(look(folder, seen)).toEqual({ ...SAME, written: [{ at: 0, stat, isSettled: true }] });
  rmSync(folder.at("index"));
  expect(look(folder, seen)).toBeUndefined();
});

type Act = (folder: Folder, path: string) => void;
const ACTS: Readonly<Record<string, Act>> = {
  nothing: () => undefined,
  touch: ({ at }, path) => utimesSync(at(path), 5, 5),
  rewrite: ({ write }, path) => write(path, path),
  edit: ({ write }, path) => write(path, "edit"),
  unseen: ({ at, write }, path) => {
    const before = statOf(at(path));
    write(path, path.toUpperCase());
    utimesSync(at(path), (before?.mtimeMs ?? 0) / 1000, (before?.mtimeMs ?? 0) / 1000);
  },
  remove: ({ at }, path) => rmSync(at(path)),
  replace: ({ at, write }, path) => {
    write("spare", path);
    renameSync(at("spare"), at(path));
  },
  folder: ({ at }, path) => {
    rmSync(at(path));
    mkdirSync(at(path));
  },
};

test("whatever is done to files, and whatever their states prove, a look finds what is other than it was", () => {
  const names = ["a", "b", "c"];
  const step = fc.record({
    act: fc.constantFrom(...Object.keys(ACTS)),
    isSettled: fc.boolean(),
    kind: fc.constantFrom<SeenKind>("file", "input"),
  });
  fc.assert(
    fc.property(fc.tuple(step, step, step), (steps) => {
      using folder = makeFolder();
      for (const name of names) folder.write(name, name);
      const seen = steps.map(({ isSettled, kind }, at) => see(folder, names[at] ?? "", kind, isSettled));
      for (const [at, { act }] of steps.entries()) ACTS[act]?.(folder, names[at] ?? "");
      const edited: number[] = [];
      let isGone = false;
      for (const [at, { path, digest, kind }] of seen.entries()) {
        const stat = statOf(folder.at(path));
        const isFile = stat !== undefined && fileMode(stat) !== undefined;
        if (isFile && hashFile(folder.at(path), stat.size) === digest) continue;
        if (isFile && kind === "input") edited.push(at);
        else isGone = true;
      }
      const found = look(folder, seen);
      expect(found?.edited).toEqual(isGone ? undefined : edited);
    }),
    { numRuns: 60 },
  );
});

test("names are told apart whatever is in them, and their order says nothing", () => {
  expect(namesDigest(["b", "a"])).toBe(namesDigest(["a", "b"]));
  expect(namesDigest(["a", "b"])).not.toBe(namesDigest(["a b"]));
  expect(namesDigest([])).not.toBe(namesDigest(["a"]));
});

test.skipIf(process.platform === "win32")(
  "a folder that is walked is named when it was touched, and learned; one that is gone is a change",
  () => {
    using folder = makeFolder();
    folder.write("d/x", "1");
    const table = seenTable([see(folder, "d", "walked"), see(folder, "d/x", "entry")]);
    const again = (): SecondLook | undefined => lookAgain(table, { root: folder.root, now: () => LATER });
    expect(again()).toEqual(SAME);
    folder.write("d/y", "1");
    expect(again()).toEqual({ ...SAME, moved: [0], hasLearned: true });
    expect(again()).toEqual(SAME);
    rmSync(folder.at("d"), { recursive: true });
    expect(again()).toBeUndefined();
  },
);
