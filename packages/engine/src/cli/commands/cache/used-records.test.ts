import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { sampleRecord } from "../../../cache/testing/samples.ts";
import { readUsedBy, type UsedBy, usedRecords } from "./used-records.ts";

const AT = Date.parse("2026-11-21T02:31:07.000Z");

function run(...tasks: readonly [id: string, status: string | null, cache: string, savedMs?: number][]): UsedBy {
  return {
    startedAt: new Date(AT).toISOString(),
    durationMs: 10_000,
    tasks: tasks.map(([id, status, cache, savedMs = 0]) => ({ id, status, cache, savedMs })),
  };
}

const old = sampleRecord("old", { task: "api:lint", durationMs: 200.4, storedAt: AT - 90_000 });
const newer = sampleRecord("newer", { task: "api:lint", durationMs: 350.2, storedAt: AT - 60_000 });
const made = sampleRecord("made", { task: "api:test", durationMs: 5000, storedAt: AT + 9000 });
const before = sampleRecord("before", { task: "api:test", durationMs: 5000, storedAt: AT - 30_000 });
const RECORDS = [old, newer, before, made];

test("a hit is the record that took as long as the run says it saved, the newest one or not", () => {
  expect(usedRecords([run(["api:lint", "ok", "hit", 200])], RECORDS)).toEqual([old]);
  expect(usedRecords([run(["api:lint", "ok", "hit", 350])], RECORDS)).toEqual([newer]);
});

test("what was run is the record that was stored while the run went on", () => {
  expect(usedRecords([run(["api:test", "ok", "miss"])], RECORDS)).toEqual([made]);
});

test("the key that a run's journal tells is what counts, whatever the clock says", () => {
  const used = run(["api:test", "ok", "miss"]);
  const [task] = used.tasks;
  const told = {
    ...used,
    tasks: [{ id: "api:test", status: "ok", cache: "miss", savedMs: 0, ...task, key: before.key }],
  };
  expect(usedRecords([told], RECORDS)).toEqual([before]);
});

test("a record that was made after the run is not one that it was served", () => {
  const later = sampleRecord("later", { task: "api:lint", durationMs: 200, storedAt: AT + 60_000 });
  expect(usedRecords([run(["api:lint", "ok", "hit", 200])], [...RECORDS, later])).toEqual([old]);
});

test("where none fits it is the newest record of the task, and none of a task that did not end well", () => {
  expect(usedRecords([run(["api:lint", "ok", "hit", 999])], RECORDS)).toEqual([newer]);
  expect(usedRecords([run(["api:test", "failed", "miss"], ["api:gone", "ok", "hit", 1])], RECORDS)).toEqual([]);
});

test("of several runs each record is taken once, oldest first", () => {
  const runs = [run(["api:test", "ok", "miss"], ["api:lint", "ok", "hit", 200]), run(["api:lint", "ok", "hit", 200])];
  expect(usedRecords(runs, RECORDS)).toEqual([old, made]);
});

test("a run without a summary that can be read is an error that names it", () => {
  const directory = mkdtempSync(join(tmpdir(), "symbiotic-used-"));
  onTestFinished(() => {
    rmSync(directory, { recursive: true });
  });
  const refused = { ok: false, error: { code: "SYM6039" } };
  expect(readUsedBy({ id: "r", directory })).toMatchObject(refused);
  for (const text of ["", "{", '{"tasks":[]}']) {
    writeFileSync(join(directory, "summary.json"), text);
    expect(readUsedBy({ id: "r", directory })).toMatchObject(refused);
  }
  writeFileSync(join(directory, "summary.json"), JSON.stringify({ ...run(["a:b", null, "miss"]), more: 1 }));
  expect(readUsedBy({ id: "r", directory })).toMatchObject({ ok: true, value: run(["a:b", null, "miss"]) });
});
