import { expect, test } from "vitest";
import type { Candidate } from "./candidates.ts";
import { findMissed, type Search } from "./find-missed.ts";
import type { Observation } from "./observation.ts";

/** A search of a task that reads these and says this when it has not all of them. */
function searchFor(
  needed: readonly string[],
  candidates: readonly Candidate[],
  more: Partial<Search> & { readonly says?: string } = {},
): Search {
  const observed = (given: readonly Candidate[]): Observation => {
    const isWell = needed.every((path) => given.some((each) => each.path === path));
    const log = isWell ? "" : (more.says ?? "");
    const status = isWell ? "ok" : "failed";
    return { status, summary: "", evidence: "", outputs: new Map(), log, words: undefined, writes: [] };
  };
  return {
    candidates,
    first: observed([]),
    folder: "web",
    run: (given) => Promise.resolve(observed(given)),
    isSame: ({ status }) => status === "ok",
    mayAsk: () => true,
    ...more,
  };
}

function files(...paths: readonly string[]): readonly Candidate[] {
  return paths.map((path) => ({ path, files: 1, ignored: false }));
}

const DATA = ["1", "2", "3", "4", "5", "6"].map((name) => `data/${name}`);

test("files of several folders are found one by one, whatever the task says", async () => {
  const candidates = files(...DATA, "docs/a", "docs/b", "web/x");
  for (const says of ["", "cannot open docs/b", "cannot open docs/a"])
    expect(await findMissed(searchFor(["data/4", "docs/b"], candidates, { says }))).toEqual([
      { path: "data/4", kind: "file", files: 1, ignored: false, certain: true },
      { path: "docs/b", kind: "file", files: 1, ignored: false, certain: true },
    ]);
});

test("a folder of which every file is read stands for them, though the task names one of them", async () => {
  for (const says of ["", "cannot open data/3"])
    expect(await findMissed(searchFor(DATA, files(...DATA, "docs/a"), { says }))).toEqual([
      { path: "data", kind: "folder", files: 6, ignored: false, certain: true },
    ]);
});

test("an ignored folder is one thing, and is told as ignored", async () => {
  const candidates = [...files("web/x"), { path: "gen", files: 7, ignored: true }];
  expect(await findMissed(searchFor(["gen"], candidates))).toEqual([
    { path: "gen", kind: "folder", files: 7, ignored: true, certain: true },
  ]);
});

test("where it may not ask any more, what is left is told as not certain", async () => {
  const missed = await findMissed(searchFor(["docs/b"], files(...DATA, "docs/a", "docs/b"), { mayAsk: () => false }));
  expect(missed.map(({ path, kind, certain }) => [path, kind, certain])).toEqual([
    ["data", "folder", false],
    ["docs", "folder", false],
  ]);
});
