import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Artifact, INDEX_KIND } from "./artifact.ts";
import { sha256Of } from "./earlier.ts";
import { WORK_FOLDER, writeReports } from "./write-reports.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-reports-")));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Writes these texts by path, and gives the code of what went wrong. */
async function write(folder: string, texts: Readonly<Record<string, string>>): Promise<string | undefined> {
  const artifacts = Object.entries(texts).map(([path, text]): Artifact => ({ path, format: "json", what: "", text }));
  const files = artifacts.map(({ path, text }) => {
    return {
      path,
      format: "json" as const,
      what: "",
      bytes: text.length,
      sha256: sha256Of(text),
      run: "r",
      task: null,
    };
  });
  const index = { kind: INDEX_KIND, v: 1, run: "r", outcome: "passed", startedAt: null, files } as const;
  const written = await writeReports({ folder, artifacts, index });
  return written.ok ? undefined : written.error.code;
}

/** All files below a folder with their texts, without the index and the list of what git ignores. */
function filesIn(folder: string): Record<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = all.map(({ parentPath, name }) =>
    join(parentPath, name)
      .slice(folder.length + 1)
      .replaceAll("\\", "/"),
  );
  const own = paths.filter((path) => path !== "index.json" && path !== ".gitignore").sort();
  return Object.fromEntries(own.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

const PAGE = "reports/htmlcov/index.html";

test("a new folder ignores itself, holds the files and the index, and nothing else", async () => {
  const folder = join(newFolder(), "deep/artifacts");
  expect(await write(folder, { "index.html": "page", [PAGE]: "coverage" })).toBeUndefined();
  expect(filesIn(folder)).toEqual({ "index.html": "page", [PAGE]: "coverage" });
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
  expect(readdirSync(folder).sort()).toEqual([".gitignore", "index.html", "index.json", "reports"]);
});

test("what an earlier collection wrote is replaced, or removed with its empty folder", async () => {
  const folder = newFolder();
  await write(folder, { "index.html": "old", [PAGE]: "old", "reports/junit.xml": "old" });
  expect(await write(folder, { "index.html": "new" })).toBeUndefined();
  expect(filesIn(folder)).toEqual({ "index.html": "new" });
  expect(existsSync(join(folder, "reports"))).toBe(false);
});

test("in a folder of somebody else only our own names are written, ignored and removed", async () => {
  const folder = newFolder({ "notes.txt": "mine", "reports/own.xml": "mine" });
  await write(folder, { "summary.md": "a", "reports/junit.xml": "b" });
  expect(await write(folder, { "summary.md": "c" })).toBeUndefined();
  expect(filesIn(folder)).toEqual({ "notes.txt": "mine", "reports/own.xml": "mine", "summary.md": "c" });
  expect(readFileSync(join(folder, ".gitignore"), "utf8").split("\n")).not.toContain("*");
});

test("a list of what git ignores that is there stays as it is", async () => {
  const folder = newFolder({ ".gitignore": "tmp\n" });
  await write(folder, { "summary.md": "a" });
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("tmp\n");
});

test.each(["summary.md", "index.json", "reports", "reports/htmlcov"])(
  "a %s of somebody else is an error, and nothing is written",
  async (path) => {
    const folder = newFolder({ [path]: "mine" });
    expect(await write(folder, { "index.html": "a", "summary.md": "b", [PAGE]: "c" })).toBe("SYM4085");
    expect(readdirSync(folder, { recursive: true }).length).toBe(path.split("/").length);
    expect(readFileSync(join(folder, path), "utf8")).toBe("mine");
  },
);

test("a report that somebody has changed since is theirs: not overwritten, not removed", async () => {
  const folder = newFolder();
  await write(folder, { "summary.md": "ours", "index.html": "ours" });
  writeFileSync(join(folder, "summary.md"), "edited");
  expect(await write(folder, { "summary.md": "new" })).toBe("SYM4085");
  expect(filesIn(folder)).toEqual({ "index.html": "ours", "summary.md": "edited" });
  expect(await write(folder, { "index.html": "new" })).toBeUndefined();
  expect(filesIn(folder)).toEqual({ "index.html": "new", "summary.md": "edited" });
});

test("a link in the place of a report or of its folder is not followed", async () => {
  const elsewhere = newFolder({ "summary.md": "theirs" });
  const folder = newFolder();
  symlinkSync(join(elsewhere, "summary.md"), join(folder, "summary.md"));
  expect(await write(folder, { "summary.md": "new" })).toBe("SYM4085");
  const other = newFolder();
  symlinkSync(elsewhere, join(other, "reports"), "junction");
  expect(await write(other, { "reports/junit.xml": "new" })).toBe("SYM4085");
  expect(filesIn(elsewhere)).toEqual({ "summary.md": "theirs" });
});

test("an index that names files that no collection writes has none of them removed", async () => {
  const folder = newFolder({ "notes.txt": "mine" });
  const files = ["notes.txt", "../x", "reports/../notes.txt"].map((path) => ({ path, sha256: sha256Of("mine") }));
  writeFileSync(join(folder, "index.json"), JSON.stringify({ kind: INDEX_KIND, files }));
  expect(await write(folder, { "index.html": "a" })).toBeUndefined();
  expect(filesIn(folder)).toEqual({ "index.html": "a", "notes.txt": "mine" });
});

test("what a collection that was killed has left is known for ours, and cleared away", async () => {
  const folder = newFolder();
  await write(folder, { "index.html": "old", "summary.md": "old" });
  // It had put one file in place and not yet the index.
  const files = [{ path: "index.html", sha256: sha256Of("half way") }];
  mkdirSync(join(folder, WORK_FOLDER, "stage-1"), { recursive: true });
  writeFileSync(join(folder, WORK_FOLDER, "stage-1/summary.md"), "half way");
  writeFileSync(join(folder, WORK_FOLDER, "pending.json"), JSON.stringify({ kind: INDEX_KIND, files }));
  writeFileSync(join(folder, "index.html"), "half way");
  expect(await write(folder, { "index.html": "new", "summary.md": "new" })).toBeUndefined();
  expect(filesIn(folder)).toEqual({ "index.html": "new", "summary.md": "new" });
});

test("a file where the folder would be is an error", async () => {
  const folder = newFolder({ artifacts: "mine" });
  expect(await write(join(folder, "artifacts"), { "index.html": "a" })).toBe("SYM4084");
  expect(filesIn(folder)).toEqual({ artifacts: "mine" });
});

test("a folder that cannot be written is an error, and the reports in it stay", async () => {
  const folder = newFolder();
  await write(folder, { "index.html": "old" });
  // Nobody can make a folder where a file is, and so root cannot.
  rmSync(join(folder, WORK_FOLDER), { recursive: true, force: true });
  writeFileSync(join(folder, WORK_FOLDER), "in the way");
  expect(await write(folder, { "index.html": "new" })).toBe("SYM4084");
  expect(readFileSync(join(folder, "index.html"), "utf8")).toBe("old");
});

test("collections at once come one after the other: the files are those that the index names", async () => {
  const folder = newFolder();
  const texts = Array.from({ length: 4 }, (_, index) => String(index));
  const codes = await Promise.all(
    texts.map((text) =>
      write(folder, { "index.html": text, "summary.md": text, [`reports/htmlcov/${text}.html`]: text }),
    ),
  );
  expect(codes).toEqual(texts.map(() => undefined));
  const index = JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) as {
    files: { path: string; sha256: string }[];
  };
  const found = Object.entries(filesIn(folder)).map(([path, text]) => ({ path, sha256: sha256Of(text) }));
  expect(index.files.map(({ path, sha256 }) => ({ path, sha256 })).sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual(
    found,
  );
});
