import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CHECK_NAMES, defaultSeverity, found } from "../../src/issues/checks.ts";
import { readIssue } from "../../src/issues/read-issue.ts";
import { readMilestone } from "../../src/issues/milestone/read-milestone.ts";

const PAGE = readFileSync(new URL("../../../../docs/issues.md", import.meta.url), "utf8").replaceAll("\r\n", "\n");

function blocksOf(language: string): string[] {
  return [...PAGE.matchAll(/^```(\w*)\n(.*?)^```$/gms)].flatMap(([, name, text = ""]) =>
    name === language ? [text] : [],
  );
}

test("the page names each check with its code and its severity", () => {
  const rows = [...PAGE.matchAll(/^\| `(\w+)` +\| (SYM\d{4}) \| (\w+) /gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(CHECK_NAMES.map((check) => [check, found(check, "").code, defaultSeverity(check)]));
});

test("the document of the page is read as the page says", () => {
  const { issue, diagnostics } = readIssue({ path: "issues/x.md", text: blocksOf("markdown")[0] ?? "" });
  expect(diagnostics).toEqual([]);
  expect(issue).toMatchObject({
    id: { value: "M3-04" },
    title: { value: "Config: errors with a place" },
    stateKind: "open",
    edges: [{ field: "blocked_by" }, { field: "blocked_by" }, { field: "blocking" }],
    checkboxes: [{ value: "An error names the line" }],
    files: [{ value: "src/config/**" }],
    verification: [{ value: "pnpm vitest run src/config" }],
    openQuestions: [{ value: "Do warnings have a place, too?" }],
  });
});

test("all lists of the page mean the same", () => {
  const [lists = "", links = ""] = blocksOf("yaml");
  const forms = lists.split(/^(?=blocked_by)/m);
  expect(forms).toHaveLength(6);
  for (const form of forms) expect(idsIn(form)).toEqual(["M3-01", "M3-02"]);
  expect(idsIn(links).map((id) => id.slice(0, 5).toUpperCase())).toEqual(Array(7).fill("M3-01"));
});

function idsIn(front: string): string[] {
  const { issue, diagnostics } = readIssue({ path: "issues/x.md", text: `---\nid: A\n${front}---\n` });
  expect(diagnostics).toEqual([]);
  return (issue?.edges ?? []).map(({ value }) => value.ids[0] ?? "");
}

test("the Issue Map of the page is read", () => {
  const milestone = readMilestone({ path: "m/milestones/M3.md", text: blocksOf("markdown")[1] ?? "" });
  expect(milestone?.map.map(({ value }) => value.ids[0])).toEqual(["M3-01", "M3-04"]);
});
