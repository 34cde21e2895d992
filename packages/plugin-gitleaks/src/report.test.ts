import { expect, test } from "vitest";
import { recordingOf, type Recording } from "../../../test/support/validators.ts";
import { readReport } from "./report.ts";

const TREE = [
  "enc.txt:1:1-1:76 generic-api-key",
  "key.pem:1:1-7:30 private-key",
  "lib/b.py:1:11-1:51 github-pat",
  "two.py:3:11-3:51 github-pat",
];

test.each([
  ["8.21.2", [...TREE, "a.py:2:8-2:29 aws-access-token"]],
  ["8.30.1", [...TREE, "enc.txt:1:8-1:76 github-pat", "x.p12:none pkcs12-file"]],
])("what gitleaks %s wrote of a work tree and of its history is read", (version, expected) => {
  expect(shown(recordingOf(import.meta.url, `gitleaks-${version}`))).toEqual([...expected].sort());
  expect(shown(recordingOf(import.meta.url, `gitleaks-history-${version}`))).toEqual([...expected].sort());
});

test("a finding has the rule's words and its place", () => {
  const read = readReport(reportOf("gitleaks-8.30.1"));
  expect(read.ok && read.value.find(({ file }) => file === "two.py")).toEqual({
    tool: "gitleaks",
    rule: "github-pat",
    level: "error",
    message:
      "Uncovered a GitHub Personal Access Token, potentially leading to unauthorized repository access and sensitive content exposure.",
    file: "two.py",
    range: { start: { line: 3, column: 11 }, end: { line: 3, column: 51 } },
    problems: ["CWE-798"],
  });
});

test("of the history the commit is said, and nobody's name", () => {
  const read = readReport(reportOf("gitleaks-history-8.30.1"));
  const { message } = (read.ok ? read.value : []).find(({ file }) => file === "two.py") ?? { message: "" };
  expect(message).toMatch(/content exposure\. \(commit [0-9a-f]{12}\)$/);
  expect(JSON.stringify(read)).not.toContain("a@b.c");
});

test("a rule without a description has a message all the same", () => {
  expect(readReport(JSON.stringify([leak({ Description: "" })]))).toMatchObject({
    value: [{ message: "a secret of the rule own-rule" }],
  });
});

test("a secret that gitleaks did not redact gets no further", () => {
  const secret = "correct-horse-battery-staple";
  const whole = readReport(JSON.stringify([leak({ Secret: secret, Match: `x=${secret}`, Line: `x=${secret}` })]));
  expect(whole.ok && whole.value).toHaveLength(1);
  expect(JSON.stringify(whole)).not.toContain(secret);
  const wrong = readReport(JSON.stringify([{ Match: secret, ...leak({ StartLine: "1" }) }]));
  expect(wrong).toMatchObject({
    ok: false,
    error: { code: "SYM4462", notes: [expect.stringContaining("0.StartLine")] },
  });
  expect(JSON.stringify(wrong)).not.toContain(secret);
});

test.each<[string, string, string]>([
  ["no report", "", "SYM4462"],
  ["a report that was cut off", '[{"RuleID": "a", ', "SYM4462"],
  ["another format", '{"runs": []}', "SYM4462"],
  ["a file outside", JSON.stringify([leak({ File: "../x.py" })]), "SYM4463"],
])("%s is no result", (_, text, code) => {
  expect(readReport(text)).toMatchObject({ ok: false, error: { code, hint: expect.any(String) } });
});

function leak(more: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const place = { StartLine: 1, EndLine: 1, StartColumn: 1, EndColumn: 2, File: "a.py", Commit: "" };
  return { RuleID: "own-rule", Description: "d", ...place, ...more };
}

function reportOf(name: string): string {
  return recordingOf(import.meta.url, name).files?.["report.json"] ?? "";
}

function shown({ files }: Recording): string[] | undefined {
  const read = readReport(files?.["report.json"] ?? "");
  if (!read.ok) return undefined;
  return read.value
    .map(({ file, range, rule }) => {
      const { start, end } = range ?? {};
      const place = start === undefined ? "none" : `${at(start)}-${at(end)}`;
      return `${file}:${place} ${rule}`;
    })
    .sort();
}

function at(place: { readonly line: number; readonly column: number } | undefined): string {
  return `${String(place?.line)}:${String(place?.column)}`;
}
