import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunReport } from "../../src/report/run-report.ts";
import { logLine, manyLines, oneLine } from "../../src/report/sanitise.ts";
import { triagePage } from "../../src/report/page-triage/triage-page.ts";
import { startBrowser } from "../../../../test/support/browser.ts";
import { coverageOf, findingOf, gateOf, reportOf, taskOf, testOf } from "../report/run-reports.ts";

/** What a browser takes a page for: its texts by place, and all its elements and attributes. */
const READ = `(html) => {
  const read = new DOMParser().parseFromString(html, "text/html");
  const texts = (selector) => [...read.querySelectorAll(selector)].map((each) => each.textContent);
  const all = [...read.querySelectorAll("*")];
  return {
    tags: [...new Set(all.map((each) => each.localName))],
    attributes: [...new Set(all.flatMap((each) => each.getAttributeNames()))],
    scripts: texts("script").length,
    links: [...read.querySelectorAll("a")].map((each) => each.getAttribute("href")),
    data: JSON.parse(texts("#page-data")[0]),
    title: texts("title"),
    lead: texts(".lead"),
    gate: texts("#gates tbody th"),
    cells: texts("#gates td[data-name]"),
    note: texts("#gates .why > .note:first-child"),
    group: texts("#groups h3"),
    line: texts("#groups summary > em, #groups summary > b"),
    source: texts("#groups pre:not(.lines) > *"),
    more: texts("#groups pre.lines > *"),
    test: texts("#tests .id"),
    repro: texts("#tests code.copy"),
    file: texts("#coverage tbody a"),
    task: texts("#tasks tbody th"),
    said: texts("#tasks .said > span"),
    facts: texts("#run .facts dd"),
    diagnostic: texts("header > .diagnostic"),
  };
}`;

type ReadAll = ReadPage & { readonly data: unknown; readonly scripts: unknown };

interface ReadPage {
  readonly [texts: string]: readonly string[];
}

const TAGS =
  "html head meta title link style body a header h1 span p time nav ul li b main section h2 table thead tr th tbody td form div details summary h3 ol em i pre mark dl dt dd code br script noscript";
const ATTRIBUTES =
  "lang charset name content http-equiv rel href class id aria-hidden aria-label aria-labelledby datetime scope data-name data-sort data-gate data-by data-about tabindex role hidden open style title type";

test("whatever the texts are, a browser reads them as they are and finds no element that is not the page's own", async () => {
  await using browser = await startBrowser();
  const page = await browser.newPage();
  const nasty = fc.constantFrom(
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "]]><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'&lt;&#60;&amp;",
    "</title></style></pre></textarea>",
    "\u202e\u2066evil\u0000\u001b[2J\u0085\u00a0",
    "javascript:alert(1)",
    "${x}{{script}}$&$1",
    "\ud800\udc80",
  );
  const texts = fc.array(fc.oneof(nasty, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" })), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(
      texts.map((parts) => parts.join("")),
      async (text) => {
        const script = `(${READ})(${JSON.stringify(triagePage(everywhere(text)))})`;
        const read = await page.evaluate<ReadAll>(script);
        expectAsIs(read, text);
      },
    ),
    { numRuns: 60 },
  );
});

/** A report with this text wherever one can be. */
function everywhere(text: string): RunReport {
  const gate = { measured: text, wanted: text, note: text, findings: ["1"], verdict: "fail" } as const;
  return reportOf({
    run: {
      id: text,
      verdict: text,
      version: text,
      startedAt: text,
      directory: text,
      targets: [text],
      nothing: text,
      resumes: text,
      intents: [{ intent: text, evidence: [text], add: [text] }],
      comparison: { base: text, commit: text, reason: text, changedFiles: 1 },
    },
    gates: [
      gateOf({
        id: text,
        name: text,
        ...gate,
        projects: [0, 1].map(() => ({ project: text, required: false, ...gate })),
      }),
    ],
    findings: [
      findingOf({
        fingerprint: "1",
        tool: text,
        rule: text,
        message: `first\n${text}`,
        file: text,
        helpUrl: `https://x.test/${text}`,
        fix: { applicability: "safe", message: text },
        problems: [text],
        alsoBy: [text],
        task: text,
        project: text,
        gates: [text],
        range: { start: { line: 1, column: 2 }, end: { line: 1, column: 4 } },
        source: { from: 1, lines: ["plain", text] },
      }),
    ],
    tests: [testOf({ id: text, message: text, repro: text, file: text, task: text, project: text })],
    coverage: [coverageOf({ file: text, changed: true })],
    tasks: [taskOf({ id: text, project: text, title: text, summary: text, reason: text, missed: text, log: text })],
    affected: [{ project: text, reason: text }],
    changed: [text],
    diagnostics: [
      { severity: "error", code: text, message: text, location: { file: text }, hint: text, notes: [text] },
    ],
  });
}

function expectAsIs(read: ReadAll, text: string): void {
  const one = oneLine(text);
  const [, ...more] = manyLines(`first\n${text}`);
  expect(read["tags"]?.filter((tag) => !TAGS.split(" ").includes(tag))).toEqual([]);
  expect(read["attributes"]?.filter((name) => !ATTRIBUTES.split(" ").includes(name))).toEqual([]);
  expect(read.scripts).toBe(3);
  for (const link of read["links"] ?? []) expect(link).toMatch(/^(?:#|https:\/\/x\.test\/|reports\/htmlcov\/|\.\.\/)/);
  expect(read.data).toMatchObject({ tools: [one], files: [one], projects: [one], gates: [{ id: one, name: one }] });
  expect(read).toMatchObject({
    title: [`passed: ${one}`],
    lead: [one],
    gate: [one],
    cells: [one, one],
    note: [one],
    group: [one],
    line: [one, `fixable · ${one} +1`].map((each) => oneLine(each)),
    source: ["plain", logLine(text, false)],
    more: trimmed(more).map((line) => logLine(line, false)),
    test: [one],
    repro: [one],
    file: [one],
    task: [`${one} ${one}`],
  });
  expect(read["facts"]?.slice(0, 1)).toEqual(one === "" ? read["facts"]?.slice(0, 1) : [one]);
}

/** Empty lines at the start are left out. */
function trimmed(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line !== "");
  return from < 0 ? [] : lines.slice(from);
}
