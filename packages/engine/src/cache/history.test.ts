import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compactHistory, HISTORY_PER_TASK, type HistoryEntry, lastEntries, openHistory } from "./history.ts";
import { keyOf, temporaryFolder } from "./testing/samples.ts";

function entry(task: string, at: number, more: Partial<HistoryEntry> = {}): HistoryEntry {
  const digest = keyOf(`${task}${at}`);
  return { task, key: digest, fingerprintDigest: digest, status: "ok", durationMs: at * 10, at, run: "r1", ...more };
}

test("the history tells a task's last end, its durations and its fingerprints", () => {
  using at = temporaryFolder();
  const history = openHistory(join(at.path, "history"));
  expect(history.latest("a:x")).toBeUndefined();
  history.append(entry("a:x", 1));
  history.append(entry("b:x", 2));
  history.append(entry("a:x", 3, { status: "failed" }));
  history.append(entry("a:x", 4, { status: "broken" }));
  for (const reader of [history, openHistory(join(at.path, "history"))]) {
    expect(reader.latest("a:x")).toEqual(entry("a:x", 4, { status: "broken" }));
    expect(reader.durations("a:x")).toEqual([10, 30]);
    expect(reader.fingerprints()).toEqual(new Set(["a:x1", "b:x2", "a:x3", "a:x4"].map(keyOf)));
  }
});

test("damaged entries are passed over", () => {
  using at = temporaryFolder();
  const file = join(at.path, "history");
  const history = openHistory(file);
  history.append(entry("a:x", 1));
  appendFileSync(file, readFileSync(file).subarray(0, 60));
  history.append(entry("a:x", 2));
  appendFileSync(file, "\0\n1 nonsense\n");
  expect(
    openHistory(file)
      .of("a:x")
      .map(({ at: time }) => time),
  ).toEqual([1, 2]);
});

test("a task keeps its newest entries, and a rewrite drops the others and the old", () => {
  using at = temporaryFolder();
  const file = join(at.path, "history");
  const history = openHistory(file);
  for (let time = 1; time <= HISTORY_PER_TASK + 5; time += 1) history.append(entry("a:x", time));
  history.append(entry("b:x", 3));
  history.append(entry("b:x", 9));
  expect(history.of("a:x")).toHaveLength(HISTORY_PER_TASK);
  compactHistory(file, 8);
  const after = openHistory(file);
  expect(after.of("a:x").map(({ at: time }) => time)).toEqual(Array.from({ length: 18 }, (_, index) => index + 8));
  expect(after.of("b:x").map(({ at: time }) => time)).toEqual([9]);
  expect(readFileSync(file, "latin1").split("\n").filter(Boolean)).toHaveLength(19);
  history.append(entry("b:x", 10));
  expect(history.of("b:x").map(({ at: time }) => time)).toEqual([9, 10]);
});

test("of one task the last entries are found at the end of the file, or as far back as one under another key is", () => {
  using at = temporaryFolder();
  const file = join(at.path, "history");
  const history = openHistory(file);
  const times = (task: string): number[] => lastEntries(file, task).map(({ at: time }) => time);
  expect(times("a:x")).toEqual([]);
  history.append(entry("a:x", 1));
  history.append(entry("a:xy", 2));
  const same = entry("a:x", 3);
  history.append(same);
  expect(times("a:x")).toEqual([1, 3]);
  appendFileSync(file, `\n1 nonsense a:x {}\n${"filler\n".repeat(50_000)}`);
  history.append({ ...same, at: 4 });
  expect(times("a:x")).toEqual([1, 3, 4]);
  history.append(entry("a:x", 5));
  expect(times("a:x")).toEqual([4, 5]);
  appendFileSync(file, readFileSync(file).subarray(-200, -1));
  expect(times("a:x")).toEqual([4, 5]);
});
