import fc from "fast-check";
import { expect, test } from "vitest";
import { amendTable } from "./amend-table.ts";
import { knownRows } from "./known-rows.ts";
import { absentAt, digestAt, kindAt, pathAt, type SeenPath, type SeenTable, seenTable, stateAt } from "./seen-paths.ts";

const NAMES = ["a", "b", "c", "d", "e/f", "e/g"];
const STAT = { size: 1, mtimeMs: 2, ctimeMs: 3, ino: 4, mode: 5 };

function row(path: string, kind: SeenPath["kind"], byte = 0): SeenPath {
  return { path, kind, digest: Buffer.alloc(32, byte).toString("hex"), stat: { ...STAT, ino: byte }, isSettled: true };
}

function rowsOf(table: SeenTable): string[] {
  return table.paths
    .map((_, at) => {
      const absent = kindAt(table, at) === "parent" ? absentAt(table, at) : [];
      return JSON.stringify([pathAt(table, at), kindAt(table, at), digestAt(table, at), stateAt(table, at), absent]);
    })
    .sort();
}

const rows = (byte: number): fc.Arbitrary<SeenPath[]> =>
  fc
    .subarray(NAMES)
    .map((paths) => paths.map((path) => row(path, path === "c" ? "folder" : path === "d" ? "input" : "file", byte)));

test("an amended table has the rows that stay and the ones that are new", () => {
  fc.assert(
    fc.property(rows(1), rows(2), fc.subarray(NAMES), (before, fresh, dropped) => {
      const table = seenTable(before);
      const gone = new Set(before.flatMap(({ path }, at) => (dropped.includes(path) ? [at] : [])));
      const amended = amendTable(table, { known: knownRows(table, gone), isGone: (_, at) => gone.has(at), fresh });
      const news = new Set(fresh.map(({ path }) => path));
      const stay = before.filter(({ path }, at) => !gone.has(at) && !news.has(path));
      expect(amended && rowsOf(amended)).toEqual(rowsOf(seenTable([...stay, ...fresh])));
    }),
  );
});

const PARENT: SeenPath = { ...row("e", "parent"), absent: ["f", "g"] };

function amendParent(fresh: readonly SeenPath[]): SeenTable | undefined {
  const table = seenTable([PARENT, row("a", "file")]);
  return amendTable(table, { known: knownRows(table, new Set()), isGone: () => false, fresh });
}

test("what came where a row says that nothing is needs a new table", () => {
  expect(amendParent([row("e/f", "file")])).toBeUndefined();
  expect(amendParent([row("e", "folder")])).toBeUndefined();
});

test("a folder that is there and a name that is still absent are no news to the row that says both", () => {
  expect(amendParent([row("e", "entry")])?.paths).toEqual(["e//f/g", "a"]);
  expect(amendParent([{ path: "e/f", kind: "absent", digest: "", isSettled: true }])?.paths).toEqual([
    "e//f/g",
    "a",
    "e/f",
  ]);
});

test("what is known of a path is found by it, in rows of its own and in those of folders", () => {
  const table = seenTable([PARENT, row("a", "file", 1), row("b", "input", 2)]);
  const known = knownRows(table, new Set([2]));
  expect(["a", "b", "e", "e/f", "e/h"].map((path) => known.find(path)?.kind)).toEqual([
    "file",
    undefined,
    "parent",
    "absent",
    undefined,
  ]);
});
