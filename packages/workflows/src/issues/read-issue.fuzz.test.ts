import fc from "fast-check";
import { expect, test } from "vitest";
import { documentsOf } from "../../test/support/documents.ts";
import { fixtureDocuments } from "../../test/support/fixtures.ts";
import { fixOneSided } from "./fix-one-sided.ts";
import { issueGraph } from "./issue-graph.ts";
import { issueOrder } from "./issue-order.ts";
import { readMilestone } from "./milestone/read-milestone.ts";
import { readIssue } from "./read-issue.ts";
import { meaningOf } from "./words/placeholder.ts";

const PATHS = ["issues/M3-04-x.md", "issues/x.md", "docs/a.md", "ISSUES/Archived/1.md", "a/_templates/b.md", ""];
const path = fc.constantFrom(...PATHS);

/** What the grammar is made of, in any order. */
const piece = fc.constantFrom(
  ..."--- | ... |\n|\r\n|\r|\ufeff|id:|title:|blocked_by:|blocking:|depends_on:|state: done|parent:|children:|labels:|files:|- |[|]|[[|]]|](|)|,|;|#|#1|\"|'|\\|M3-04|m3-4|<id>|TBD|{{|}}| |  |\t|`|```|~~~|## Tests|## Scope|## Issue Map|**Files:**|- [ ] |- [x]|<!--|-->|||a: b|\u0000|\ud800|é|x.md".split(
    "|",
  ),
);
const pieces = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(""));
const bytes = fc.uint8Array({ maxLength: 400 }).map((array) => new TextDecoder().decode(array));
const latin = fc.uint8Array({ maxLength: 400 }).map((array) => Buffer.from(array).toString("latin1"));
const matter = pieces.map((text) => `---\nid: M3-04\n${text}\n---\n${text}`);
const cut = fc
  .tuple(fc.constantFrom(...fixtureDocuments().map(({ text }) => text)), fc.nat(400), fc.nat(400), pieces)
  .map(([text, a, b, put]) => text.slice(0, a) + put + text.slice(a + b));
const text = fc.oneof(bytes, latin, pieces, matter, cut, fc.string({ unit: "binary" }));

/** All that this package makes of a text. */
function everything(document: { path: string; text: string }) {
  const reading = readIssue(document);
  const milestone = readMilestone(document);
  const others = documentsOf({ "M3-05": "blocking: M3-04", "M3-06": "blocked_by: [M3-04]\nparent: M3-04" });
  const documents = [document, ...others];
  const issues = documents.flatMap((each) => readIssue(each).issue ?? []);
  const graph = issueGraph(issues, milestone === undefined ? [] : [milestone]);
  return { reading, milestone, graph, order: issueOrder(graph), mending: fixOneSided(documents, graph), documents };
}

test("no text makes it throw, and what it says is of the right shape", () => {
  fc.assert(
    fc.property(path, text, (name, content) => {
      const { reading, graph, order } = everything({ path: name, text: content });
      expect(order.ok).toBe(true);
      const lines = content.split(/\r\n|\n|\r/).length;
      for (const { code, message, location, hint } of [...reading.diagnostics, ...graph.diagnostics]) {
        expect(code).toMatch(/^SYM9[12]\d\d$/);
        expect(message.isWellFormed() && (hint ?? "").isWellFormed()).toBe(true);
        // Nothing that a terminal would obey.
        expect(message).not.toMatch(/[\u0000-\u001f]/);
        if (location?.file === name) expect(location.line).toBeLessThanOrEqual(Math.max(1, lines));
      }
    }),
    { numRuns: 3_000 },
  );
});

test("places lie within the text", () => {
  fc.assert(
    fc.property(text, (content) => {
      const { issue } = readIssue({ path: "issues/M3-04.md", text: content });
      const lines = content.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
      for (const { at } of [...(issue?.edges ?? []), ...(issue?.files ?? []), ...(issue?.verification ?? [])]) {
        expect(at.column - 1 + at.length).toBeLessThanOrEqual(lines[at.line - 1]?.length ?? 0);
        expect(at.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("the same text is read the same", () => {
  fc.assert(
    fc.property(text, (content) => {
      const document = { path: "issues/M3-04.md", text: content };
      expect(readIssue(document)).toEqual(readIssue(document));
    }),
  );
});

test("mending writes what is read as meant, changes nothing else, and has nothing to do a second time", () => {
  let mended = 0;
  fc.assert(
    fc.property(matter, (content) => {
      const { mending, documents, milestone } = everything({ path: "issues/M3-04.md", text: content });
      const after = documents.map((each) => mending.edits.find(({ path: of }) => of === each.path) ?? each);
      const issues = after.flatMap((each) => readIssue(each).issue ?? []);
      const graph = issueGraph(issues, milestone === undefined ? [] : [milestone]);
      expect(fixOneSided(after, graph).edits).toEqual([]);
      expect(graph.oneSided.length).toBe(mending.diagnostics.length);
      for (const { path: of, text: written, added } of mending.edits.filter((edit) => edit.added.length === 1)) {
        const [gone, put] = difference(documents.find((each) => each.path === of)?.text ?? "", written);
        const isWrapped = put.startsWith(`[${gone}, `) && put.endsWith("]");
        expect(isWrapped || meaningOf(gone.replace(/^["']|["']$/g, "")) === "nothing").toBe(true);
        expect(put).toContain(added[0]!.id.slice(0, 3));
        mended += 1;
      }
    }),
    { numRuns: 2_000 },
  );
  expect(mended).toBeGreaterThan(500);
});

/** What one text has in place of what the other has, between what both begin and end with. */
function difference(before: string, after: string): [gone: string, put: string] {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [before.slice(start, before.length - end), after.slice(start, after.length - end)];
}

test("time grows with the text, whatever it repeats", () => {
  const hostile = [
    "[",
    "[[a",
    "'a\",",
    "`a",
    "a:",
    " #",
    " #1",
    "# a\n\n",
    "1",
    "[[|",
    ".md#",
    "**",
    "- [ ] ",
    "\\",
    "<",
  ];
  for (const each of hostile) {
    for (const before of [
      "---\nid: a\nblocked_by: ",
      '---\nid: a\ntitle: "',
      "---\n",
      "---\nid: a\n---\n## Tests\n- ",
    ]) {
      const document = { path: "issues/M3-1.md", text: `${before}${each.repeat(30_000)}\n---\n` };
      expect(() => everything(document)).not.toThrow();
    }
  }
});
