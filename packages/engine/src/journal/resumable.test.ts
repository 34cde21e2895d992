import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLocks } from "../cache/lock.ts";
import {
  ALIVE,
  ended,
  journalText,
  makeRun,
  runEntry,
  started,
  temporaryRoot,
} from "../../test/journal/sample-journal.ts";
import { beginJournal } from "./begin-journal.ts";
import { readJournal } from "./read-journal.ts";
import { findResumable, findRun, type Resumable } from "./resumable.ts";
import { createRunRecord, type RunRecord } from "./run-record.ts";

const [OLD, NEW] = ["20261121-023107-7c1a", "20261121-023500-0001"];

test("`latest` is the newest run, and an id is that run", () => {
  const root = temporaryRoot();
  makeRun(root, OLD);
  makeRun(root, NEW);
  expect(findRun(root, "latest")).toMatchObject({ ok: true, value: { id: NEW } });
  expect(findRun(root, OLD)).toMatchObject({ ok: true, value: { id: OLD } });
  expect(findRun(root, "20261121-000000-0000")).toMatchObject({ ok: false, error: { code: "SYM2021" } });
});

test("a run that was killed can be resumed: its request and how far it came are known", () => {
  const root = temporaryRoot();
  makeRun(root, OLD, { "journal.jsonl": journalText(runEntry(OLD), started("app:build")) });
  expect(findResumable(root, "latest")).toMatchObject({
    ok: true,
    value: { id: OLD, asked: { positionals: ["gates"] } },
  });
});

test.each([
  ["still goes on", "SYM4030", { process: ALIVE }, ""],
  ["was resumed already", "SYM4032", {}, journalText({ type: "resumed", by: NEW })],
  ["was given a secret", "SYM4031", { asked: null }, ""],
])("a run that %s cannot be resumed", (_what, code, more, text) => {
  const root = temporaryRoot();
  makeRun(root, OLD, { "journal.jsonl": journalText(runEntry(OLD, more)) + text });
  expect(findResumable(root, OLD)).toMatchObject({ ok: false, error: { code } });
});

test("a run without a journal cannot be resumed, and one that is over can, though its process lives", () => {
  const root = temporaryRoot();
  makeRun(root, NEW);
  expect(findResumable(root, NEW)).toMatchObject({ ok: false, error: { code: "SYM4031" } });
  makeRun(root, OLD, { "journal.jsonl": journalText(runEntry(OLD, { process: ALIVE })), "summary.json": "{}" });
  expect(findResumable(root, OLD)).toMatchObject({ ok: true });
});

test("who resumes a run takes over what its journal tells, and nobody else can", () => {
  const root = temporaryRoot();
  const directory = makeRun(root, OLD, {
    "journal.jsonl": journalText(runEntry(OLD), started("app:build"), ended("app:build"), started("app:push")),
  });
  const found = resumable(root);
  const [first, second] = [begin(root, found), begin(root, found)];
  expect(first.journal).toMatchObject({ ok: true });
  const taken = readJournal(first.record.directory);
  expect(taken?.run.resumes).toBe(OLD);
  expect([...(taken?.tasks.values() ?? [])]).toEqual([ended("app:build"), started("app:push")]);
  expect(readJournal(directory)?.resumedBy).toBe(first.record.id);

  expect(second.journal).toMatchObject({ ok: false, error: { code: "SYM4032" } });
  expect(existsSync(second.record.directory)).toBe(false);
  expect(findResumable(root, OLD)).toMatchObject({ ok: false, error: { code: "SYM4032" } });
});

test("while one takes a run over, another is told by which process", () => {
  const root = temporaryRoot();
  const directory = makeRun(root, OLD, { "journal.jsonl": journalText(runEntry(OLD)) });
  const found = resumable(root);
  const before = readFileSync(join(directory, "journal.jsonl"), "utf8");
  const locks = openLocks(join(root, "locks"));
  const inside = beginJournal({
    ...parts(root, found),
    locks: {
      ...locks,
      acquire: (key, task) => {
        const held = locks.acquire(key, task);
        expect(begin(root, found).journal).toMatchObject({
          ok: false,
          error: { code: "SYM4030", message: `${OLD} is being resumed by process ${String(process.pid)}` },
        });
        expect(readFileSync(join(directory, "journal.jsonl"), "utf8")).toBe(before);
        return held;
      },
    },
  });
  expect(inside).toMatchObject({ ok: true });
});

function resumable(root: string): Resumable {
  const found = findResumable(root, OLD);
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

function parts(root: string, from: Resumable): Parameters<typeof beginJournal>[0] {
  const startedAt = new Date("2026-11-21T02:35:00.000Z");
  const record = createRunRecord(root, startedAt);
  if (!record.ok) throw new Error(record.error.message);
  const locks = openLocks(join(root, "locks"));
  return {
    record: record.value,
    engine: "0.1.0",
    startedAt,
    asked: from.asked,
    tasks: () => [],
    resumable: from,
    locks,
  };
}

function begin(root: string, from: Resumable): { record: RunRecord; journal: ReturnType<typeof beginJournal> } {
  const whole = parts(root, from);
  const journal = beginJournal(whole);
  if (journal.ok) journal.value.close();
  return { record: whole.record, journal };
}
