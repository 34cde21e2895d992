import { expect, test } from "vitest";
import { journalText, makeRun, runEntry, temporaryRoot } from "../../test/journal/sample-journal.ts";
import { isRunId, listRuns, timeOfRun } from "./run-folders.ts";

test("runs are listed by their time, newest first; other folders are not runs", () => {
  const root = temporaryRoot();
  for (const id of ["20261120-235959-ffff", "20261121-000000-0000", "20260101-120000-aaaa"]) makeRun(root, id);
  makeRun(root, "notes");
  expect(listRuns(root).map(({ id }) => id)).toEqual([
    "20261121-000000-0000",
    "20261120-235959-ffff",
    "20260101-120000-aaaa",
  ]);
});

test("runs of one second are in the order in which they began", () => {
  const root = temporaryRoot();
  const starts = { "20261121-000000-5555": "001", "20261121-000000-ffff": "250", "20261121-000000-0000": "999" };
  for (const [id, ms] of Object.entries(starts))
    makeRun(root, id, { "journal.jsonl": journalText(runEntry(id, { startedAt: `2026-11-21T00:00:00.${ms}Z` })) });
  makeRun(root, "20261121-000001-3333");
  expect(listRuns(root).map(({ id }) => id)).toEqual(["20261121-000001-3333", ...Object.keys(starts).reverse()]);
});

test("where nothing was run there is no run", () => {
  expect(listRuns(temporaryRoot())).toEqual([]);
});

test("an id tells its time", () => {
  expect(new Date(timeOfRun("20261121-023107-7c1a")).toISOString()).toBe("2026-11-21T02:31:07.000Z");
  expect(["20261121-023107-7c1a", "latest", "20261121-023107", "20261121-023107-7C1A"].map(isRunId)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
