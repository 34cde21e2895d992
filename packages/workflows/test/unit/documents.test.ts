import { expect, test } from "vitest";
import { readIssue } from "../../src/issues/read-issue.ts";
import { readMilestone } from "../../src/issues/milestone/read-milestone.ts";
import { describeReading } from "../support/describe-reading.ts";
import { fixtureDocuments } from "../support/fixtures.ts";

/** Each document of the fixtures, the id that it is read with, and what there is to say of it. */
const DOCUMENTS: readonly (readonly [name: string, id: string, codes: readonly string[]])[] = [
  ["docs/backlog/M4-01.md", "M4-01", []],
  ["docs/guide.md", "none", []],
  ["0042-hash.md", "42", []],
  ["0043-hash-list.md", "43", []],
  ["0044-number.md", "44", []],
  ["Archived/M2-02-older.md", "M2-02", []],
  ["M3-01-fenced.md", "M3-01", []],
  ["M3-02-no-opening-fence.md", "M3-02", []],
  ["M3-03-no-closing-fence.md", "M3-03", ["SYM9102 4:1"]],
  ["M3-04-no-fence.md", "M3-04", ["SYM9102 3:1"]],
  ["M3-05-crlf.md", "M3-05", []],
  ["M3-06-bom.md", "M3-06", []],
  ["M3-07-old-mac.md", "M3-07", []],
  ["M3-08-blank-lines-first.md", "M3-08", []],
  ["M3-09-long-fences.md", "M3-09", []],
  ["M3-10-dots-close.md", "M3-10", []],
  ["M3-11-comments.md", "M3-11", []],
  ["M3-12-indented.md", "M3-12", []],
  ["M3-13-rule-in-text.md", "M3-13", []],
  ["M3-14-never-ends.md", "M3-14", ["SYM9102 3:1"]],
  ["M3-15-title-with-colon.md", "M3-15", []],
  ["M3-16-title-with-quotes.md", "M3-16", []],
  ["M3-17-title-double-quoted.md", "M3-17", []],
  ["M3-18-title-single-quoted.md", "M3-18", []],
  ["M3-19-title-unclosed-quote.md", "M3-19", ["SYM9111 3:8"]],
  ["M3-20-title-with-hash.md", "M3-20", []],
  ["M3-21-title-folded.md", "M3-21", []],
  ["M3-22-title-goes-on.md", "M3-22", []],
  ["M3-23-title-from-heading.md", "M3-23", []],
  ["M3-24-title-from-file.md", "M3-24", []],
  ["M3-25-title-hostile.md", "M3-25", []],
  ["M3-26-no-space.md", "M3-26", []],
  ["M3-27-keys-in-any-case.md", "M3-27", []],
  ["M3-28-keys-quoted.md", "M3-28", []],
  ["M3-29-keys-bold.md", "M3-29", []],
  ["M3-30-keys-twice.md", "M3-30", ["SYM9108 6:1", "SYM9108 7:1"]],
  ["M3-31-unknown-keys.md", "M3-31", []],
  ["M3-32-stray-lines.md", "M3-32", ["SYM9110 4:1"]],
  ["M3-33-list-null.md", "M3-33", []],
  ["M3-34-list-scalar.md", "M3-34", []],
  ["M3-35-list-commas.md", "M3-35", []],
  ["M3-36-list-spaces.md", "M3-36", []],
  ["M3-37-list-flow.md", "M3-37", []],
  ["M3-38-list-flow-lines.md", "M3-38", []],
  ["M3-39-list-block.md", "M3-39", []],
  ["M3-40-list-block-flush.md", "M3-40", []],
  ["M3-41-list-of-maps.md", "M3-41", []],
  ["M3-42-list-unclosed.md", "M3-42", ["SYM9111 4:13"]],
  ["M3-43-list-nested.md", "M3-43", []],
  ["M3-45-wiki-links.md", "M3-45", []],
  ["M3-46-links.md", "M3-46", []],
  ["M3-47-addresses.md", "M3-47", []],
  ["M3-48-ids-with-titles.md", "M3-48", ["SYM9106 5:6", "SYM9106 6:5", "SYM9105 7:5"]],
  ["M3-49-id-with-title.md", "M3-49", ["SYM9106 2:5"]],
  ["M3-50-no-id.md", "M3-50", ["SYM9103 1:1"]],
  ["M3-51-id-placeholder.md", "M3-51", ["SYM9103 2:1", "SYM9107 2:5"]],
  [
    "M3-52-placeholders.md",
    "M3-52",
    ["SYM9107 3:8", "SYM9107 4:12", "SYM9109 5:8", "SYM9107 6:14", "SYM9107 7:11", "SYM9107 11:11"],
  ],
  ["M3-53-states.md", "M3-53", ["SYM9109 4:8"]],
  ["M3-54-state-done.md", "M3-54", []],
  ["M3-55-state-cancelled.md", "M3-55", []],
  ["M3-56-state-paused.md", "M3-56", []],
  ["M3-57-priorities.md", "M3-57", ["SYM9112 4:11"]],
  ["M3-58-blocked-flag.md", "M3-58", ["SYM9113 4:1"]],
  ["M3-59-blocked-flag-no.md", "M3-59", []],
  ["M3-60-blocked-list.md", "M3-60", []],
  ["M3-61-self.md", "M3-61", ["SYM9114 15:5"]],
  ["M3-62-body.md", "M3-62", ["SYM9114 56:4"]],
  ["M3-63-scope.md", "M3-63", []],
  ["M3-64-open-fence.md", "M3-64", []],
  ["M3-65-blocked-flag-and-by-what.md", "M3-65", []],
  ["M3-66-keys-misspelt.md", "M3-66", ["SYM9115 4:1", "SYM9115 5:1", "SYM9115 6:1"]],
  ["README.md", "none", []],
  ["_archive/M2-04.md", "M2-04", []],
  ["_templates/issue.md", "none", []],
  ["archive/M2-01-old.md", "M2-01", []],
  ["bad-id.md", "none", ["SYM9104 2:1", "SYM9105 2:5"]],
  ["done/M2-03.md", "M2-03", []],
  ["empty.md", "none", ["SYM9101 1:1"]],
  ["m3-44-lower-case.md", "m3-44", []],
  ["no-id-anywhere.md", "none", ["SYM9104 1:1"]],
  ["notes.md", "none", ["SYM9101 1:1"]],
  ["toml.md", "none", ["SYM9101 1:1"]],
  ["docs/projects/engine/milestones/M3-core-engine.md", "none", []],
  ["docs/projects/engine/milestones/M4.md", "none", []],
  ["docs/projects/engine/reviews/REVIEW-M3.md", "none", []],
  ["docs/setext.md", "none", []],
];

const ISSUES = "docs/projects/engine/issues/";
const documents = new Map(fixtureDocuments().map((document) => [document.path.replace(ISSUES, ""), document]));

test("the table names every document of the fixtures", () => {
  expect(DOCUMENTS.map(([name]) => name).sort()).toEqual([...documents.keys()].sort());
  expect(DOCUMENTS.length).toBeGreaterThanOrEqual(60);
});

test.each(DOCUMENTS)("%s is read as %s with %j", (name, id, codes) => {
  const { issue, diagnostics } = readIssue(documents.get(name)!);
  expect(issue?.id.value ?? "none").toBe(id);
  expect(
    diagnostics.map(({ code, location }) => `${code} ${String(location?.line)}:${String(location?.column)}`),
  ).toEqual(codes);
});

test("what is read of each document", async () => {
  const readings = [...documents.values()].map((document) => describeReading(document.path, readIssue(document)));
  await expect(`${readings.join("\n\n")}\n`).toMatchFileSnapshot("../fixtures/what-is-read.txt");
});

test("every place is where its value stands in the text", () => {
  for (const document of documents.values()) {
    const { issue } = readIssue(document);
    const lines = document.text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
    for (const { at, value } of [...(issue?.edges ?? []), ...(issue?.children ?? [])]) {
      const shown = lines[at.line - 1]?.slice(at.column - 1, at.column - 1 + at.length);
      expect(shown?.replace(/^["']|["']$/g, "")).toBe(value.text);
    }
  }
});

test("maps of milestones, as tables and as lists", () => {
  const milestones = [...documents.values()].filter(({ path }) => path.includes("/milestones/")).map(readMilestone);
  expect(
    milestones.map((milestone) => [
      milestone?.names,
      milestone?.map.map(({ value, at }) => `${value.ids.join(" or ")} ${String(at.line)}:${String(at.column)}`),
    ]),
  ).toEqual([
    [
      ["M3", "M3: Core engine", "M3-core-engine"],
      ["M3-02 or M3-02-no-opening-fence 12:7", "M3-01-fenced or M3-01 13:7", "M3-05 14:9", "43 15:8", "M3-999 16:7"],
    ],
    [["M4"], ["M4-01 5:4", "M3-08 or M3-08-blank-lines-first 6:6"]],
  ]);
});
