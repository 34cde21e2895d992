import { expect, test } from "vitest";
import { planOf, textOf } from "../../test/support/plans.ts";

/** Almost as much as an agent is asked with. */
const LONG = 250 * 1024;
/** What a document may repeat on one line without an end: words, ids, names, endpoints, and what looks like the beginning of one. */
const HOSTILE = [
  ...["a", "A-", "a1", "#", "#1", "1", "_", "-", " ", "A-1 ", "after A-1 ", "after A-1, ", "needs ", "not ", "a. "],
  ...[
    "`",
    "` ",
    "`a` ",
    "`a_b` ",
    "`a_b()` ",
    "add `a_b` ",
    "add ",
    "`a.",
    "`a::",
    "`/a",
    "`/{",
    "`/{a}",
    "`/<",
    "`/:a",
  ],
  ...["`a/", "`a_", "`a(", "{", "<", "[", "(", "**", "a/", "/{", "/<", "/{a", "`a_b`"],
];

test.each(HOSTILE)("a plan takes time in proportion to a document that repeats %j", (part) => {
  const line = part.repeat(Math.ceil(LONG / part.length));
  const documents = { "A-1": {}, "B-1": { body: line }, "C-1": { body: `\`${line}\`` } };
  expect(textOf("B-1", documents["B-1"]).length).toBeGreaterThan(LONG);
  expect(processorMs(() => planOf(documents, { files: { "src/a.py": "a_b()\n" } }))).toBeLessThan(4000);
});

test("so does one of which the code repeats what could define a name", () => {
  const code = ["const ", "def\t", "table if not exists ", "function * ", "a"].map((part) => part.repeat(100_000));
  const files = Object.fromEntries(
    [...code, `const${" ".repeat(900_000)}`, `table${" * ".repeat(300_000)}`].map((text, at) => [
      `src/${String(at)}.ts`,
      text,
    ]),
  );
  expect(processorMs(() => planOf({ "A-1": { body: "Mend `read_row`." } }, { files }))).toBeLessThan(4000);
});

function processorMs(act: () => unknown): number {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
