import { expect, test } from "vitest";
import { createRedactor } from "../redact/redact.ts";
import type { JobResult } from "./job.ts";
import { redactResult } from "./redact-result.ts";

const TOKEN = `ghp_${"a1B2".repeat(9)}`;
// As where DB_PASSWORD is `postgres`.
const redactor = createRedactor({ secretValues: ["postgres"] });

test("the value of a secret variable stays in ids, paths, rules and commands, which others go by, and goes from all texts", () => {
  const result: JobResult = {
    kind: "done",
    exitCode: 1,
    outcome: {
      status: "failed",
      summary: "postgres failed",
      evidence: {
        tool: "postgres-lint",
        findings: [
          {
            tool: "postgres-lint",
            rule: "postgres/no-drop",
            level: "error",
            message: "connects as postgres",
            file: "db/postgres/a.sql",
            helpUrl: "https://example.org/postgres",
            fix: { applicability: "safe", message: "remove postgres" },
          },
        ],
        tests: [
          {
            id: "tests/postgres/test_z.py::test_ok",
            outcome: "failed",
            message: "no role postgres",
            file: "tests/postgres/test_z.py",
            line: 3,
            repro: "{tool} 'tests/postgres/test_z.py::test_ok'",
          },
        ],
        metrics: [{ name: "postgres_queries", value: 3, unit: "queries" }],
        data: { postgres: { role: "postgres", depth: 2 } },
      },
    },
  };
  expect(redactResult(result, redactor)).toEqual({
    kind: "done",
    exitCode: 1,
    outcome: {
      status: "failed",
      summary: "[redacted:environment] failed",
      evidence: {
        tool: "postgres-lint",
        findings: [
          {
            tool: "postgres-lint",
            rule: "postgres/no-drop",
            level: "error",
            message: "connects as [redacted:environment]",
            file: "db/postgres/a.sql",
            helpUrl: "https://example.org/postgres",
            fix: { applicability: "safe", message: "remove [redacted:environment]" },
          },
        ],
        tests: [
          {
            id: "tests/postgres/test_z.py::test_ok",
            outcome: "failed",
            message: "no role [redacted:environment]",
            file: "tests/postgres/test_z.py",
            line: 3,
            repro: "{tool} 'tests/postgres/test_z.py::test_ok'",
          },
        ],
        metrics: [{ name: "postgres_queries", value: 3, unit: "queries" }],
        data: { postgres: { role: "[redacted:environment]", depth: 2 } },
      },
    },
  });
});

test("the outcome of a passing test is not a word that a variable can hold", () => {
  const result: JobResult = {
    kind: "done",
    exitCode: 0,
    outcome: {
      status: "ok",
      summary: "1 passed",
      evidence: { tool: "pytest", tests: [{ id: "t.py::test_a", outcome: "passed" }] },
    },
  };
  expect(redactResult(result, createRedactor({ secretValues: ["passed", "pytest", "t.py::test_a"] }))).toMatchObject({
    outcome: { status: "ok", evidence: { tool: "pytest", tests: [{ id: "t.py::test_a", outcome: "passed" }] } },
  });
});

test("a token that shows itself by its shape goes from names too", () => {
  const result: JobResult = {
    kind: "done",
    exitCode: 0,
    outcome: {
      status: "ok",
      summary: "",
      evidence: {
        tool: "pytest",
        tests: [
          { id: `t.py::test_a[${TOKEN}]`, outcome: "passed" },
          { id: "t.py::test_b[password=hunter22]", outcome: "passed" },
        ],
      },
    },
  };
  const redacted = redactResult(result, redactor);
  expect(redacted.kind === "done" && redacted.outcome.evidence.tests?.map(({ id }) => id)).toEqual([
    "t.py::test_a[[redacted:github]]",
    "t.py::test_b[password=hunter22]",
  ]);
});

test("what a broken task says is text, its codes and places are not", () => {
  const result: JobResult = {
    kind: "broken",
    reason: "no postgres",
    diagnostic: {
      severity: "error",
      code: "SYM4003",
      message: "no postgres",
      location: { file: "postgres.toml", line: 1 },
      excerpt: "user = postgres",
      hint: "start postgres",
      notes: ["postgres: gone"],
    },
  };
  const gone = "[redacted:environment]";
  expect(redactResult(result, redactor)).toEqual({
    kind: "broken",
    reason: `no ${gone}`,
    diagnostic: {
      severity: "error",
      code: "SYM4003",
      message: `no ${gone}`,
      location: { file: "postgres.toml", line: 1 },
      excerpt: `user = ${gone}`,
      hint: `start ${gone}`,
      notes: [`${gone}: gone`],
    },
  });
});
