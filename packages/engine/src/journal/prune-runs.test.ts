import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ALIVE, DEAD, journalText, makeRun, runEntry, temporaryRoot } from "../../test/journal/sample-journal.ts";
import { oldRuns, pruneRuns } from "./prune-runs.ts";
import { listRuns, type RunFolder } from "./run-folders.ts";

const NOW = Date.UTC(2026, 10, 21, 12);
const HOUR = 60 * 60 * 1000;

/** Runs, newest first, each so many hours before the one before it. */
function runs(amount: number, hours: number): RunFolder[] {
  return Array.from({ length: amount }, (_, index) => {
    const time = new Date(NOW - index * hours * HOUR).toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
    return { id: `${time}-0000`, directory: "" };
  });
}

test("the newest 20 stay, however old they are", () => {
  expect(oldRuns(runs(20, 1000), NOW)).toEqual([]);
  expect(oldRuns(runs(23, 1000), NOW).map(({ id }) => id)).toEqual(
    runs(23, 1000)
      .slice(20)
      .map(({ id }) => id)
      .reverse(),
  );
});

test("those of the last day stay, up to 500", () => {
  expect(oldRuns(runs(40, 0.5), NOW)).toEqual([]);
  expect(oldRuns(runs(510, 0.01), NOW)).toHaveLength(10);
});

test("old runs go, oldest first and some at a time; one that a living process writes stays", () => {
  const root = temporaryRoot();
  const ids = runs(80, 1000).map(({ id }) => id);
  for (const id of ids) makeRun(root, id, { "summary.json": "{}" });
  const [alive = "", crashed = ""] = ids.slice(-2);
  makeRun(root, "20200101-000000-0001", { "journal.jsonl": journalText(runEntry(alive, { process: ALIVE })) });
  makeRun(root, "20200101-000000-0002", { "journal.jsonl": journalText(runEntry(crashed, { process: DEAD })) });
  pruneRuns(root, NOW);
  expect(existsSync(join(root, ".symbiotic/runs/20200101-000000-0001"))).toBe(true);
  expect(existsSync(join(root, ".symbiotic/runs/20200101-000000-0002"))).toBe(false);
  expect(listRuns(root)).toHaveLength(82 - 50);
  pruneRuns(root, NOW);
  expect(listRuns(root)).toHaveLength(21);
  expect(listRuns(root).map(({ id }) => id)).toEqual([...ids.slice(0, 20), "20200101-000000-0001"]);
});

test("a run that is over does not live on with its process, as in a session that watches", () => {
  const root = temporaryRoot();
  for (const { id } of runs(20, 1)) makeRun(root, id);
  const directory = makeRun(root, "20200101-000000-0001", {
    "journal.jsonl": journalText(runEntry("20200101-000000-0001", { process: ALIVE })),
    "summary.json": "{}",
  });
  pruneRuns(root, NOW);
  expect(existsSync(directory)).toBe(false);
});
