import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import {
  affectedStart,
  begin,
  envelopes,
  finished,
  firstContact,
  gate,
  hit,
  output,
  plan,
  ran,
  report,
  type Step,
  started,
  type Written,
} from "../../test/report/sample-run.ts";
import { errorOf, warningOf } from "../core/diagnostic.ts";
import type { RunEvent } from "../core/event.ts";
import { createPlainReporter, type PlainSettings } from "./plain.ts";

function plain(steps: readonly Step[], settings: Omit<PlainSettings, "write"> = {}): Written {
  return report((write) => createPlainReporter({ write, ...settings }), steps);
}

/** As a terminal would have both streams. */
function shown(steps: readonly Step[], settings: Omit<PlainSettings, "write"> = {}): string {
  return `\n${plain(steps, settings).all}`;
}

test("a run with trouble: what will happen, a line a task, findings, failed tests, gates, what happened", () => {
  expect(shown(firstContact)).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · base origin/main (merge-base 4f2c1d9) · 2 files changed
    affected  api      src/api/export.py changed
              cli      depends on api

      cli   ruff lint     cached   ok (0.2s saved)
      api   ruff lint       0.2s   2 findings
      api   ruff format     0.1s   ok
      cli   pytest          1.8s   92 passed   (reads api's sources)
      api   pytest          3.1s   184 passed, 1 failed

    src/api/export.py:14:8  F401  \`os\` imported but unused                                          ruff
       14 | import os
          |        ^^ remove the import (ruff can fix it)

    src/api/export.py:40:101  warning E501  Line too long (134 > 100)                               ruff
       see https://docs.astral.sh/ruff/rules/line-too-long

    tests/test_export.py::test_empty_rows  AssertionError: assert 'id\\n' == ''                    pytest
       at tests/test_export.py:12
       repro: .venv/bin/python -m pytest 'tests/test_export.py::test_empty_rows'

    gate               measured   wanted   verdict
    lint clean         2          0        fail
    tests passed       276/277    all      fail
    coverage           91.2 %     85 %     pass (advisory)
    changed lines      88.0 %     85 %     pass (advisory)

    2 of 4 gates failed · 5 tasks: 4 run, 1 cached · 5.2s · .symbiotic/runs/20261121-0231-7c
    "
  `);
  expect(plain(firstContact).stderr).toBe("");
});

test("colour changes no text", () => {
  const coloured = plain(firstContact, { colour: true }).all;
  expect(coloured).toContain("\u001b[31m2 of 4 gates failed");
  expect(stripVTControlCharacters(coloured)).toBe(plain(firstContact).all);
});

test("a run in which all was cached and passes is one line", () => {
  const ids = Array.from({ length: 12 }, (_, index) => `api:t${String(index)}=t`);
  const hits = ids.map((id): Step => [id.slice(0, -2), hit(900, "ok")]);
  const gates = ["a", "b", "c", "d"].map((name) => gate(`${name}|0|0`));
  const end = finished({ total: 12, ok: 12, cached: 12 });
  expect(plain([started, plan(...ids), ...hits, ...gates, end])).toEqual({
    all: "12 tasks, 12 cached · all 4 gates pass · 61ms\n",
    stdout: "12 tasks, 12 cached · all 4 gates pass · 61ms\n",
    stderr: "",
  });
});

test("a run in which all was cached and something is to be told is told as any other", () => {
  const finding: RunEvent = {
    type: "finding",
    fingerprint: "f0",
    finding: { tool: "ruff", rule: "F401", level: "error", message: "`os` imported but unused", file: "a.py" },
  };
  const advisory = gate("lint clean|1|0", { verdict: "fail", required: false, note: "no ruff in the configuration" });
  const steps = [started, plan("api:ruff=ruff lint"), ["api:ruff", finding, hit(70, "1 finding")], advisory] as const;
  expect(shown([...steps, finished({ total: 1, ok: 1, cached: 1 })])).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · gates: 1 task

      api   ruff lint   cached   1 finding (70ms saved)

    a.py  F401  \`os\` imported but unused                                                            ruff

    gate               measured   wanted   verdict
    lint clean         1          0        fail (advisory: no ruff in the configuration)

    1 advisory gate does not pass · 1 task: 1 cached · 61ms · .symbiotic/runs/20261121-0231-7c
    "
  `);
});

test("a gate that does not pass, and a failed test, are told although all was cached", () => {
  const end = finished({ total: 1, ok: 1, cached: 1 });
  const steps = [started, plan("api:ruff=ruff lint"), ["api:ruff", hit(70, "ok")]] as const;
  const hold = gate("coverage||85 %", { verdict: "hold", required: false, note: "not measured" });
  const failedTest: RunEvent = { type: "test", test: { id: "t.py::test_a", outcome: "failed" } };
  expect(plain([...steps, end]).stdout.split("\n")).toHaveLength(2);
  expect(plain([...steps, hold, end]).stdout).toContain("hold (advisory: not measured)");
  expect(plain([...steps, ["api:ruff", failedTest], end]).stdout).toContain("t.py::test_a");
});

test("nothing selected is one sentence", () => {
  const nothing = "no project is affected by the 2 changed files";
  expect(plain([affectedStart, finished({}, { nothing })]).all).toBe(`${nothing}\n`);
});

test("a wrong configuration is only its errors, all of them, on stderr", () => {
  const error = (option: string): RunEvent => ({
    type: "diagnostic",
    diagnostic: errorOf("SYM1203", `${option} is not an option of ruff`, { hint: "did you mean `select`?" }),
  });
  const { stdout, stderr } = plain([started, error("selct"), error("selekt"), finished({}, { exitCode: 2 })]);
  expect(stdout).toBe("");
  expect(`\n${stderr}`).toMatchInlineSnapshot(`
    "
    error SYM1203  selct is not an option of ruff
      did you mean \`select\`?

    error SYM1203  selekt is not an option of ruff
      did you mean \`select\`?
    "
  `);
});

test("an error from before the plan is printed when it comes", () => {
  const written: string[] = [];
  const reporter = createPlainReporter({ write: (_stream, text) => written.push(text) });
  for (const envelope of envelopes([started, { type: "diagnostic", diagnostic: errorOf("SYM3001", "a cycle") }])) {
    reporter.handle(envelope);
  }
  expect(written).toEqual(["error SYM3001  a cycle\n"]);
});

test("a missing tool is a skipped task with the way out, said once, and a gate that holds", () => {
  const missing = ran(0, "", {
    status: "skipped",
    reason: "not installed",
    diagnostics: [
      {
        severity: "info",
        code: "SYM8001",
        message: "semgrep is not installed",
        hint: "`symbiotic doctor --install semgrep` puts 1.143.0 into .symbiotic/tools",
      },
    ],
  });
  const security = gate("security|no evidence|", {
    verdict: "hold",
    required: false,
    note: "this repository configures no semgrep",
  });
  const steps = [
    started,
    plan("api:semgrep=semgrep", "cli:semgrep=semgrep"),
    ["api:semgrep", missing],
    ["cli:semgrep", missing],
  ] as const;
  expect(shown([...steps, security, finished({ total: 2, skipped: 2 })])).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · gates: 2 tasks

      api   semgrep  skipped   not installed
            \`symbiotic doctor --install semgrep\` puts 1.143.0 into .symbiotic/tools
      cli   semgrep  skipped   not installed

    gate               measured      wanted   verdict
    security           no evidence            hold (advisory: this repository configures no semgrep)

    1 advisory gate does not pass · 2 tasks: 2 skipped · 61ms · .symbiotic/runs/20261121-0231-7c
    "
  `);
});

test("a broken task has its reason, its errors, the end of its log, and where the log lies", () => {
  const lines = Array.from({ length: 45 }, (_, index) => output(`line ${String(index)}`));
  const broken = ran(64_000, "", {
    status: "broken",
    reason: "killed by SIGKILL",
    log: ".symbiotic/runs/r1/api~3apytest.log",
    diagnostics: [errorOf("SYM4007", "the process used too much memory", { hint: "give the task fewer workers" })],
  });
  const text = shown([
    started,
    plan("api:pytest=pytest"),
    ["api:pytest", begin, ...lines, broken],
    finished({ total: 1, broken: 1 }, { exitCode: 1 }),
  ]);
  expect(text).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · gates: 1 task

      api   pytest   1m 04s   broken: killed by SIGKILL

    api:pytest  broken: killed by SIGKILL
       error SYM4007  the process used too much memory
         give the task fewer workers
       | …
       | line 25
       | line 26
       | line 27
       | line 28
       | line 29
       | line 30
       | line 31
       | line 32
       | line 33
       | line 34
       | line 35
       | line 36
       | line 37
       | line 38
       | line 39
       | line 40
       | line 41
       | line 42
       | line 43
       | line 44
       log: .symbiotic/runs/r1/api~3apytest.log

    1 task broke · 1 task: 1 run · 61ms · .symbiotic/runs/20261121-0231-7c
    "
  `);
});

test("a failed task shows the end of its log only where no test and no finding tells why", () => {
  const failed = ran(900, "exit code 1", { status: "failed" });
  const end = finished({ total: 1, failed: 1 }, { exitCode: 1 });
  const failedTest: RunEvent = { type: "test", test: { id: "t.py::test_a", outcome: "failed" } };
  const start = [started, plan("api:pytest=pytest")] as const;
  expect(plain([...start, ["api:pytest", begin, output("why"), failed], end]).stdout).toContain("   | why\n");
  expect(plain([...start, ["api:pytest", begin, output("why"), failedTest, failed], end]).stdout).not.toContain("why");
});

test("warnings of the run come before the gates, on stderr", () => {
  const damaged: RunEvent = { type: "diagnostic", diagnostic: warningOf("SYM6004", "a damaged record was removed") };
  const steps = [
    started,
    plan("api:a=a"),
    ["api:a", begin, ran(5, "ok")],
    damaged,
    gate("a|0|0"),
    finished({ total: 1, ok: 1 }),
  ] as const;
  expect(shown(steps)).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · gates: 1 task

      api   a      5ms   ok

    warning SYM6004  a damaged record was removed

    gate               measured   wanted   verdict
    a                  0          0        pass

    the gate passes · 1 task: 1 run · 61ms · .symbiotic/runs/20261121-0231-7c
    "
  `);
});

test("a repository with one project has no column for it", () => {
  const steps = [{ ...started, projects: 1 }, plan("api:ruff=ruff lint"), ["api:ruff", begin, ran(210, "ok")]] as const;
  expect(plain([...steps, finished({ total: 1, ok: 1 })]).stdout).toContain("\n  ruff lint     0.2s   ok\n");
});

test("many cached tasks are one line, and those with something to tell have their own", () => {
  const ids = Array.from({ length: 40 }, (_, index) => `p${String(index)}:ruff=ruff lint`);
  const note: RunEvent = {
    type: "finding",
    fingerprint: "f0",
    finding: { tool: "ruff", rule: "F401", level: "note", message: "unused", file: "a.py" },
  };
  const hits = ids.map((id, index): Step => [id.split("=")[0] ?? "", ...(index === 7 ? [note] : []), hit(1600, "ok")]);
  const miss: Step = ["api:pytest", begin, ran(3000, "1 passed")];
  const steps = [
    started,
    plan(...ids, "api:pytest=pytest"),
    ...hits,
    miss,
    finished({ total: 41, ok: 41, cached: 40 }),
  ];
  expect(shown(steps)).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · gates: 41 tasks

      api   pytest        3.0s   1 passed
      p7    ruff lint   cached   ok (1.6s saved)
      39 more tasks cached (1m 02s saved)

    a.py  note F401  unused                                                                         ruff

    41 tasks: 1 run, 40 cached · 61ms · .symbiotic/runs/20261121-0231-7c
    "
  `);
});

test("no more than twenty cached tasks have a line of their own, also where they come in parts", () => {
  const ids = Array.from({ length: 30 }, (_, index) => `p${String(index)}:t`);
  const pairs = ids.flatMap((id): Step[] => [
    [id, hit(100, "ok")],
    [`${id}_ran`, begin, ran(1, "ok")],
  ]);
  const { stdout } = plain([
    started,
    plan(...ids.map((id) => `${id}=t`)),
    ...pairs,
    finished({ total: 60, ok: 60, cached: 30 }),
  ]);
  expect(stdout.match(/cached {3}ok/g)).toHaveLength(20);
  expect(stdout).toContain("1ms   ok\n  10 more tasks cached (1.0s saved)\n\n");
});

test("long lists end with how many more there are and where all of them are", () => {
  const findings = Array.from({ length: 362 }, (_, index): RunEvent => {
    return {
      type: "finding",
      fingerprint: `f${String(index)}`,
      finding: { tool: "ruff", rule: "F401", level: "error", message: "unused", file: `f${String(index)}.py` },
    };
  });
  const { stdout } = plain([
    started,
    plan("api:ruff=ruff"),
    ["api:ruff", begin, ...findings, ran(5, "362 findings")],
    finished({ total: 1, ok: 1 }),
  ]);
  expect(stdout.match(/F401/g)).toHaveLength(50);
  expect(stdout).toContain("\nand 312 more findings: all 362 are in .symbiotic/runs/20261121-0231-7c/summary.json\n");
});

test.each([
  ["full", ["from the cache", "from now"]],
  ["new-only", ["from now"]],
  ["failed", []],
  ["none", []],
] as const)("the logs of mode %s go to stderr below their tasks: %j", (outputLogs, expected) => {
  const steps = [
    started,
    plan("api:a=a", "api:b=b"),
    ["api:a", output("from the cache"), hit(5, "ok")],
    ["api:b", begin, output("from now"), ran(5, "ok")],
    finished({ total: 2, ok: 2, cached: 1 }),
  ] as const;
  const { stdout, stderr } = plain(steps, { outputLogs });
  expect(stderr).toBe(expected.map((line) => `   | ${line}\n`).join(""));
  expect(stdout).not.toContain("from");
});

test("without logs a broken task still has its reason and the place of its log", () => {
  const broken = ran(5, "", { status: "broken", reason: "timed out after 1m 00s", log: "l.log" });
  const steps = [
    started,
    plan("api:a=a"),
    ["api:a", begin, output("secret"), broken],
    finished({ total: 1, broken: 1 }, { exitCode: 1 }),
  ] as const;
  const { all } = plain(steps, { outputLogs: "none" });
  expect(all).toContain("api:a  broken: timed out after 1m 00s\n   log: l.log\n");
  expect(all).not.toContain("secret");
});

test("a gate that does not pass names the projects where it does not", () => {
  const projects = ["api", "cli", "web"].map((project) => ({
    project,
    measured: "80 %",
    verdict: project === "cli" ? ("hold" as const) : ("pass" as const),
    required: true,
    ...(project === "cli" ? { note: "not measured" } : {}),
  }));
  const steps = [
    started,
    plan("api:a=a"),
    ["api:a", begin, ran(5, "ok")],
    gate("coverage|80 %|85 %", { verdict: "hold", projects }),
  ] as const;
  expect(shown([...steps, finished({ total: 1, ok: 1 }, { exitCode: 1 })])).toMatchInlineSnapshot(`
    "
    symbiotic 0.1.0 · 3 projects · gates: 1 task

      api   a      5ms   ok

    gate               measured   wanted   verdict
    coverage           80 %       85 %     hold
      cli              80 %                hold (not measured)

    1 of 1 gate holds · 1 task: 1 run · 61ms · .symbiotic/runs/20261121-0231-7c
    "
  `);
});

test("why a task ran is said once for each reason, and not where the cache is off", () => {
  const ids = ["api:a", "api:b", "api:c", "api:d"];
  const [a, b, c, d] = ids.map((_, index) => ran(5, "ok", { missed: index < 2 ? "lib.py changed" : "tool 1.0 → 1.1" }));
  const steps: Step[] = [
    started,
    plan(...ids.map((id) => `${id}=t`)),
    ["api:a", begin, a!],
    ["api:b", begin, b!],
    ["api:c", begin, c!],
  ];
  const { stdout } = plain([
    ...steps,
    ["api:d", begin, { ...d!, cache: "off", missed: "the cache is off" }],
    finished({ total: 4, ok: 4 }),
  ]);
  expect(stdout.match(/ok.*/g)).toEqual(["ok   (lib.py changed)", "ok", "ok   (tool 1.0 → 1.1)", "ok"]);
});

test("an interrupted run says so, and what was known till then", () => {
  const steps = [started, plan("api:a=a", "api:b=b"), ["api:a", begin, ran(5, "ok")], ["api:b", begin]] as const;
  const end = finished({ total: 1, ok: 1 }, { exitCode: 130, interrupted: "SIGINT" });
  expect(plain([...steps, end]).stdout).toMatch(/\ninterrupted by SIGINT · 1 task: 1 run/);
  const before = finished({}, { exitCode: 130, interrupted: "SIGINT", nothing: "nothing to run" });
  expect(plain([started, plan("api:a=a"), before]).stdout).toContain("interrupted by SIGINT");
});

test("a run that was cut off still tells its findings when the reporter is closed", () => {
  const finding: RunEvent = {
    type: "finding",
    fingerprint: "f0",
    finding: { tool: "ruff", rule: "F401", level: "error", message: "unused", file: "a.py" },
  };
  expect(plain([started, plan("api:a=a"), ["api:a", begin, finding]]).stdout).toContain("a.py  F401  unused");
});
