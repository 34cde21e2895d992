import { expect, test } from "vitest";
import {
  ALIVE,
  ended,
  journalText,
  makeRun,
  runEntry,
  started,
  temporaryRoot,
} from "../../test/journal/sample-journal.ts";
import type { Asked } from "../journal/journal-entry.ts";
import { keptWorkflow } from "./kept-workflow.ts";

const [OLD, NEW, GATES] = ["20261121-023107-7c1a", "20261121-023500-0001", "20261121-030000-0001"];
const ASKED: Asked = { command: "issues", positionals: ["run"], flags: [], values: {}, lists: {}, rest: [] };

function journalOf(id: string, more: Parameters<typeof runEntry>[1] = {}): string {
  const plan = { type: "plan", tasks: ["issue=A:open", "issue=A:develop"] } as const;
  const entries = [ended("issue=A:open"), started("issue=A:develop")];
  return journalText(runEntry(id, { asked: ASKED, ...more }), plan, ...entries);
}

test("the latest run of a command is known by its journal, step by step", () => {
  const root = temporaryRoot();
  makeRun(root, OLD, { "journal.jsonl": journalOf(OLD), "summary.json": "{}" });
  makeRun(root, NEW, { "journal.jsonl": journalOf(NEW) });
  makeRun(root, GATES, { "journal.jsonl": journalText(runEntry(GATES)) });
  const kept = keptWorkflow(root, "latest", "issues");
  expect(kept).toMatchObject({
    ok: true,
    value: { run: NEW, state: "stopped", plan: ["issue=A:open", "issue=A:develop"], isWhole: true },
  });
  const steps = kept.ok ? [...kept.value.steps].map(([id, { end }]) => [id, end?.status]) : [];
  expect(steps).toEqual([
    ["issue=A:open", "ok"],
    ["issue=A:develop", undefined],
  ]);
  expect(keptWorkflow(root, OLD, "issues")).toMatchObject({ ok: true, value: { run: OLD, state: "over" } });
});

test("a run whose process lives goes on, and one that was taken over says by which", () => {
  const root = temporaryRoot();
  const text = journalOf(OLD, { process: ALIVE }) + journalText({ type: "resumed", by: NEW });
  makeRun(root, OLD, { "journal.jsonl": text });
  expect(keptWorkflow(root, OLD, "issues")).toMatchObject({ ok: true, value: { state: "running", resumedBy: NEW } });
});

test("a line that was overwritten is passed over, and that is told", () => {
  const root = temporaryRoot();
  makeRun(root, OLD, { "journal.jsonl": `${journalOf(OLD)}not a line\n` });
  expect(keptWorkflow(root, "latest", "issues")).toMatchObject({ ok: true, value: { isWhole: false } });
});

test.each([
  ["that is not there", "20261121-000000-0000", "SYM2021"],
  ["without a journal", OLD, "SYM9240"],
  ["whose journal is no journal", NEW, "SYM9240"],
  ["of another command", GATES, "SYM9242"],
  ["of this command, where none is", "latest", "SYM9241"],
])("a run %s cannot be shown", (_what, wanted, code) => {
  const root = temporaryRoot();
  makeRun(root, OLD);
  makeRun(root, NEW, { "journal.jsonl": "{}\n\u0000" });
  makeRun(root, GATES, { "journal.jsonl": journalText(runEntry(GATES)) });
  expect(keptWorkflow(root, wanted, "issues")).toMatchObject({ ok: false, error: { code } });
});
