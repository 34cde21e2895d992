import { expect, test } from "vitest";
import {
  begin,
  finished,
  firstContact,
  hit,
  output,
  plan,
  ran,
  report,
  type Step,
  started,
} from "../../test/report/sample-run.ts";
import type { RunEvent } from "../core/event.ts";
import { createGithubReporter, type GithubSettings } from "./github.ts";
import { createPlainReporter } from "./plain.ts";

function github(steps: readonly Step[], settings: Partial<GithubSettings> = {}): string {
  let tokens = 0;
  const stopToken = (): string => `stop${String((tokens += 1))}`;
  return report((write) => createGithubReporter({ write, colour: false, stopToken, ...settings }), steps).stdout;
}

function commandsOf(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.startsWith("::"))
    .join("\n");
}

test("logs are folded and kept from being obeyed, and files are annotated", () => {
  expect(commandsOf(github(firstContact))).toMatchInlineSnapshot(`
    "::group::api:pytest
    ::stop-commands::stop1
    ::stop1::
    ::endgroup::
    ::group::annotations
    ::error file=tests/test_export.py,line=12,title=tests/test_export.py%3A%3Atest_empty_rows::AssertionError: assert 'id\\n' == ''%0Arepro: .venv/bin/python -m pytest 'tests/test_export.py::test_empty_rows'
    ::error file=src/api/export.py,line=14,endLine=14,col=8,endColumn=9,title=ruff F401::\`os\` imported but unused%0Aremove the import (ruff can fix it)
    ::warning file=src/api/export.py,line=40,endLine=40,col=101,endColumn=134,title=ruff E501::Line too long (134 > 100)%0Asee https://docs.astral.sh/ruff/rules/line-too-long
    ::endgroup::"
  `);
});

test("beside the folds it is the plain report", () => {
  const folds = /^::group::.*\n(?:.*\n)*?::endgroup::\n/gm;
  expect(github(firstContact).replace(folds, "")).toBe(
    report((write) => createPlainReporter({ write }), firstContact).stdout,
  );
});

test("of each level as many annotations as GitHub shows, the most severe kept, and the rest said", () => {
  const findings = (level: "error" | "warning", amount: number): RunEvent[] =>
    Array.from({ length: amount }, (_, index) => {
      return {
        type: "finding",
        fingerprint: `${level}${String(index)}`,
        finding: { tool: "t", rule: "R", level, message: "m", file: `${level}${String(index)}` },
      };
    });
  const failure: RunEvent = { type: "test", test: { id: "test_a", outcome: "failed" } };
  const text = github([
    started,
    plan("api:a=a"),
    ["api:a", begin, ...findings("warning", 3), ...findings("error", 15), failure, ran(1, "x")],
    finished({ total: 1 }),
  ]);
  expect(text.match(/^::error .*title=test_a/gm)).toHaveLength(1);
  expect(text.match(/^::error /gm)).toHaveLength(10);
  expect(text.match(/^::warning /gm)).toHaveLength(3);
  expect(text).toContain("\n10 of 16 errors annotated: GitHub shows no more in a step\n");
});

test("each log has a token of its own", () => {
  const steps = [
    started,
    plan("api:a=a"),
    ["api:a", begin, output("x"), ran(1, "")],
    ["api:b", begin, output("y"), ran(1, "")],
    finished({}),
  ] as const;
  expect(commandsOf(github(steps))).toMatch(/stop-commands::stop1\n::stop1::[^]*stop-commands::stop2\n::stop2::/);
});

test("logs from the cache are shown only where all logs are asked for", () => {
  const steps = [
    started,
    plan("api:a=a"),
    ["api:a", output("old"), hit(1, "ok")],
    ["api:b", begin, ran(1, "")],
    finished({ total: 2, ok: 2 }),
  ] as const;
  expect(github(steps)).not.toContain("old");
  expect(github(steps, { outputLogs: "full" })).toContain("\nold\n");
});

test("a configuration error is an annotation at its line", () => {
  const diagnostic: RunEvent = {
    type: "diagnostic",
    diagnostic: {
      severity: "error",
      code: "SYM1203",
      message: "no such option",
      location: { file: "symbiotic.config.ts", line: 7, column: 12 },
    },
  };
  const text = github([started, diagnostic, finished({}, { exitCode: 2 })]);
  expect(commandsOf(text)).toContain("::error file=symbiotic.config.ts,line=7,col=12,title=SYM1203::no such option");
});

test("the title of a fold is one safe line", () => {
  const steps = [
    started,
    ["a\u001b[2J\n::x::y:t", begin, output("x"), ran(1, "")],
    finished({ total: 1, ok: 1 }),
  ] as const;
  expect(github(steps)).toContain("\n::group::a ::x::y:t\n");
});
