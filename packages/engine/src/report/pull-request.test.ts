import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEnvelopes, text as anyText } from "../../test/report/arbitrary-events.ts";
import {
  begin,
  envelopes,
  firstContact,
  gate,
  hit,
  plan,
  ran,
  started,
  type Step,
} from "../../test/report/sample-run.ts";
import type { RunEvent } from "../core/event.ts";
import { codeCell, codeSpan } from "./code-span.ts";
import { COMMENT_MARK, pullRequestText } from "./pull-request.ts";
import { runReportOf } from "./run-report-of.ts";

const comment = (steps: readonly Step[]): string => pullRequestText(runReportOf(envelopes(steps)));
const found = (index: number, message: string, more: { readonly known?: true } = {}): RunEvent => ({
  type: "finding",
  fingerprint: String(index).padStart(32, "0"),
  finding: {
    tool: "ruff",
    rule: "F401",
    level: "error",
    message,
    file: "a.py",
    range: { start: { line: 3, column: 1 } },
  },
  ...more,
});

test("the verdict comes first, then gates, findings, failed tests with their repro, what changed, time and cache", () => {
  expect(comment(firstContact)).toMatchInlineSnapshot(`
    "<!-- symbiotic -->

    ## ❌ 2 of 4 gates failed

    | gate | measured | wanted | verdict | |
    | --- | --- | --- | --- | --- |
    | \`lint clean\` | \`2\` | \`0\` | ❌ fail |  |
    | \`tests passed\` | \`276/277\` | \`all\` | ❌ fail |  |
    | \`coverage\` | \`91.2 %\` | \`85 %\` | ✅ pass (advisory) |  |
    | \`changed lines\` | \`88.0 %\` | \`85 %\` | ✅ pass (advisory) |  |

    ### 2 findings

    - **error** \`src/api/export.py:14:8\` \`\` \`os\` imported but unused \`\` — \`ruff F401\` (can be fixed)  
      \`import os\`
    - **warning** \`src/api/export.py:40:101\` \`Line too long (134 > 100)\` — \`ruff E501\`

    ### 1 test of 1 failed

    - **failed** \`tests/test_export.py::test_empty_rows\` \`AssertionError: assert 'id\\n' == ''\`  
      repro: \`.venv/bin/python -m pytest 'tests/test_export.py::test_empty_rows'\`

    ### What changed

    2 files changed since \`origin/main\` (\`merge-base with origin/main\`, \`4f2c1d9\`).

    - \`api\`: \`src/api/export.py changed\`
    - \`cli\`: \`depends on api\`

    5 tasks: 4 run, 1 cached · 5.2s · 0.2s saved · run \`r1\`
    "
  `);
});

test("what is in the baseline is only counted", () => {
  const text = comment([started, ["a:ruff", found(1, "old", { known: true }), found(2, "new")]]);
  expect(text).toContain("### 1 finding\n");
  expect(text).not.toContain("`old`");
  expect(text).toContain("1 finding more is in the baseline.");
});

test("the coverage of changed files is told, worst first, and that of all in a line", () => {
  const coverage = {
    "a.py": { executed: "1-9", missing: "10" },
    "b.py": { executed: "1", missing: "2-4" },
    "c.py": { executed: "1", missing: "" },
  };
  const text = comment([
    { ...started, changed: ["a.py", "b.py", "gone.py"] },
    ["a:t", { type: "measured", coverage }, hit(1, "ok")],
  ]);
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toEqual(["| `b.py` | 25.0 % | 1/4 | `2-4` |", "| `a.py` | 90.0 % | 9/10 | `10` |"]);
  expect(text).toContain("All files: 73.3 % (11 of 15 lines).");
});

test("a task that broke or did not end is told with its reason and log", () => {
  const text = comment([
    started,
    plan("a:t=t", "b:t=t"),
    ["a:t", ran(1, "", { status: "broken", reason: "timed out", log: "x.log" })],
    ["b:t", begin],
  ]);
  expect(text).toContain("- `a:t` broken: `timed out` (log: `x.log`)\n- `b:t` did not end");
  expect(text).toContain("## ⚠️ the run did not come to its end");
});

test("what is too much is counted, and the whole fits into a comment", () => {
  const long = "x".repeat(5000);
  const findings = Array.from({ length: 500 }, (_, index) => found(index, `${long}${String(index)}`));
  const tests = Array.from({ length: 500 }, (_, index): RunEvent => {
    return { type: "test", test: { id: `${long}${String(index)}`, outcome: "failed", message: long, repro: long } };
  });
  const gates = Array.from({ length: 100 }, () => gate(`${long}|${long}|${long}`, { note: long }));
  const text = comment([started, ["a:ruff", ...findings], ["a:pytest", ...tests], ...gates]);
  expect(text.length).toBeLessThanOrEqual(65_536);
  expect(text).toContain("and 480 findings more");
});

/** The text without its code, as CommonMark reads it: runs of backticks that a run of the same length ends. */
function withoutCode(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)(?:.*?[^`])\1(?!`)/g, "…");
}

test("nothing that a tool says is markup, a mention, a link or a cell of its own", () => {
  const nasty = fc.oneof(
    anyText,
    fc.constantFrom(
      "@all",
      "#12",
      "https://x.y",
      "<b>",
      "<!-- symbiotic -->",
      "`",
      "``",
      "a`b``c",
      "|",
      "\\|",
      "[x](y)",
      "![x](y)",
      "&lt;",
      "\\",
      "a\\",
      "$x$",
      ":tada:",
      "---",
    ),
  );
  const steps = fc.tuple(nasty, nasty, nasty, nasty).map(([a, b, c, d]): Step[] => [
    { ...started, comparison: { base: a, commit: b, reason: c, changedFiles: 1 }, changed: [d] },
    { type: "project-affected", project: a, reason: b },
    {
      type: "plan-ready",
      levels: 1,
      tasks: [{ id: "p:t", project: "p", atom: "t", title: a, level: 0, dependsOn: [] }],
    },
    [
      "p:t",
      { ...found(1, a), excerpt: b } as RunEvent,
      { type: "test", test: { id: c, outcome: "failed", message: d, repro: a } },
    ],
    [
      "p:t",
      { type: "measured", coverage: { [d]: { executed: "1", missing: "2" } } },
      ran(1, a, { status: "broken", reason: b, log: c }),
    ],
    gate("g|1|0", { gate: a, measured: b, wanted: c, note: d }),
    { type: "diagnostic", diagnostic: { severity: "warning", code: a, message: b } },
  ]);
  fc.assert(
    fc.property(steps, (made) => {
      const lines = comment(made).split("\n");
      expect(lines[0]).toBe(COMMENT_MARK);
      const bare = withoutCode(lines.slice(1).join("\n")).replace(/^#{2,3} /gm, "");
      expect(bare).not.toMatch(/[`<>[\]@#&\\$!~]|https?:|www\.|:[a-z]+:/);
      const cells = lines.map((line) => (line.startsWith("|") ? line.split("|").length : 0));
      expect(cells.filter((count, at) => count !== 0 && cells[at - 1] !== 0 && cells[at - 1] !== count)).toEqual([]);
    }),
  );
});

test("any events make a comment of bounded length", () => {
  fc.assert(
    fc.property(anyEnvelopes, (events) => {
      const text = pullRequestText(runReportOf(events));
      expect(text.length).toBeLessThanOrEqual(65_536);
      expect(text.startsWith(`${COMMENT_MARK}\n\n## `)).toBe(true);
    }),
  );
});

test("code keeps what it shows, in a fence that is longer than any in it", () => {
  expect(codeSpan("a `b` ``c``")).toBe("``` a `b` ``c`` ```");
  expect(codeSpan("  \n ")).toBe("");
  expect(codeSpan("abcdef", 3)).toBe("`abc…`");
  expect(codeSpan("ab\u{1f600}", 3)).toBe("`ab…`");
  expect(codeCell("a|b\\|c")).toBe("`a¦b\\¦c`");
});
