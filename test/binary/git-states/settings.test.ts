import { chmodSync, lstatSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TestRepository } from "../../support/repository.ts";
import { createListedRepository, EDITS, list, takeChanges, type Change } from "./support/listed.ts";

const edit =
  (path: string, text: string) =>
  (repository: TestRepository): void =>
    repository.write({ [path]: text });

/** Writes other bytes of the same length and puts the times back, so that only the time of the change itself tells. */
function editUnseen({ root }: TestRepository, path: string, text: string): void {
  const file = join(root, path);
  const { atime, mtime, size } = statSync(file);
  writeFileSync(file, text);
  expect(statSync(file).size).toBe(size);
  utimesSync(file, atime, mtime);
}

const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ["core.checkStat", "minimal"],
  ["core.trustctime", "false"],
  ["core.ignoreStat", "true"],
  ["status.showUntrackedFiles", "no"],
  ["feature.manyFiles", "true"],
  ["core.preloadIndex", "false"],
  ["core.symlinks", "false"],
];

test("whatever git is set to look at, edits are seen that keep size and times, and so are new files", async () => {
  using repository = createListedRepository();
  const changes = SETTINGS.map(([name, value], at): Change => {
    const number = String(at).repeat(3);
    return {
      name: `${name}=${value}`,
      change: (r) => {
        r.git("config", name, value);
        r.git("update-index", "--really-refresh");
        editUnseen(r, "a/src/one.txt", `a ${number}\n`);
        r.write({ [`b/src/new-${number}.txt`]: "new\n" });
      },
      missed: ["a", "b"],
    };
  });
  await takeChanges(repository, changes);
});

test.runIf(process.platform !== "win32").each(["true", "false"])(
  "with core.fileMode=%s that a file may be started is what the file system says",
  async (value) => {
    using repository = createListedRepository();
    repository.git("config", "core.fileMode", value);
    const change = (mode: number) => (r: TestRepository) => {
      chmodSync(join(r.root, "a/src/one.txt"), mode);
    };
    await takeChanges(repository, [
      { name: "may be started", change: change(0o755), missed: ["a"] },
      { name: "an edit of it", change: edit("a/src/one.txt", "a 111\n"), missed: ["a"] },
      { name: "may not be started", change: change(0o644), missed: ["a"] },
      { name: "may be written by the group", change: change(0o664), missed: [] },
    ]);
  },
);

test.each(["true", "input", "false"])("with core.autocrlf=%s ends of lines in the work tree count", async (value) => {
  using repository = createListedRepository();
  repository.git("config", "core.autocrlf", value);
  repository.git("config", "core.safecrlf", "false");
  await takeChanges(repository, [
    { name: "other ends of lines", change: edit("a/src/one.txt", "a one\r\n"), missed: ["a"] },
    {
      name: "git finds them the same",
      change: (r) => {
        r.git("add", "-A");
        expect(r.git("diff", "--cached", "--stat") === "").toBe(value !== "false");
      },
      missed: [],
    },
    {
      name: "checked out anew",
      change: (r) => {
        r.git("reset", "-q", "--hard");
        r.remove("b/src/one.txt");
        r.git("checkout", "--", "b/src/one.txt");
      },
      missed: value === "true" ? ["b"] : [],
    },
    ...EDITS,
  ]);
});

const ATTRIBUTES = ["text eol=crlf", "ident", "working-tree-encoding=UTF-16", "binary", "export-ignore"];

test("whatever attribute files have, their edits are seen", async () => {
  using repository = createListedRepository();
  const changes = ATTRIBUTES.map((attribute, at): Change => {
    const number = String(at).repeat(3);
    return {
      name: attribute,
      change: (r) => {
        r.write({ ".gitattributes": `a/src/*.txt ${attribute}\n`, "a/src/one.txt": `a $Id$ ${number}\n` });
      },
      missed: ["a"],
    };
  });
  await takeChanges(repository, changes);
});

test("what a filter hides from git counts, and its programs are not started", async () => {
  using repository = createListedRepository();
  const started = join(repository.home, "started");
  // Whatever is in the file, git keeps the same for it: it sees no edit at all.
  repository.git("config", "filter.same.clean", `echo clean >> '${started}'; cat > /dev/null; echo same`);
  repository.git("config", "filter.same.smudge", "cat; echo more");
  repository.git("config", "filter.same.required", "true");
  repository.write({ ".gitattributes": "*.txt filter=same\n" });
  repository.commit("filtered");
  editUnseen(repository, "a/src/one.txt", "a 111\n");
  expect(repository.git("status", "--porcelain")).toBe("");
  writeFileSync(started, "");
  await takeChanges(repository, [
    { name: "an edit that git does not see", change: edit("a/src/one.txt", "a 222\n"), missed: ["a"] },
    ...EDITS,
    {
      name: "checked out through the filter",
      change: (r) => {
        expect(lstatSync(started).size).toBe(0);
        r.remove("b/src/one.txt");
        r.git("checkout", "--", "b/src/one.txt");
        // Git itself may have filtered what is as new as its index.
        writeFileSync(started, "");
      },
      missed: ["b"],
    },
  ]);
  expect(repository.read("b/src/one.txt")).toBe("same\nmore\n");
  expect(lstatSync(started).size).toBe(0);
});

test("edits in quick succession, of the same size and with the times put back, are all seen", async () => {
  using repository = createListedRepository();
  const now = { laterMs: 0 };
  await list(repository, now);
  for (const round of [1, 2, 3, 4]) {
    const [project, other] = round % 2 === 0 ? (["a", "b"] as const) : (["b", "a"] as const);
    editUnseen(repository, `${project}/src/one.txt`, `${project} ${String(round)}${String(round)}${String(round)}\n`);
    expect(await list(repository, now)).toEqual({ [project]: "miss", [other]: "hit" });
    // Git's index is written in the same tick as the next edit: it is as racy as can be.
    repository.git("add", "-A");
    expect(await list(repository, now)).toEqual({ a: "hit", b: "hit" });
  }
});

test("an edit in the tick in which git wrote its index is seen by a process for which all is old", async () => {
  using repository = createListedRepository();
  await list(repository);
  for (const round of ["1", "2"]) {
    repository.write({ "a/src/one.txt": `a ${round}a\n` });
    repository.git("add", "-A");
    repository.write({ "a/src/one.txt": `a ${round}b\n` });
    expect(await list(repository)).toEqual({ a: "miss", b: "hit" });
    expect(await list(repository)).toEqual({ a: "hit", b: "hit" });
  }
});
