import { expect, test } from "vitest";
import { createJudge } from "../../finding/judge.ts";
import type { AskInTree, PlacedFinding } from "../../plugin/workflow.ts";
import { createRedactor } from "../../redact/redact.ts";
import { foundIn, type FoundTree } from "./found-in.ts";

const ROOT = "/repository";
const FILES: Readonly<Record<string, string>> = { "src/a.py": "one = 1\ntwo = 2\n", "issue.md": "text\n" };
const redactor = createRedactor({ secretValues: ["hunter2-hunter2"] });

function tree(known: readonly string[] = [], links: readonly string[] = []): FoundTree {
  const texts = {
    root: ROOT,
    source: (path: string) => {
      const text = FILES[path];
      return text === undefined ? undefined : { path, text };
    },
  };
  const files = Object.keys(FILES).map((path) => ({ path, isLink: links.includes(path) }));
  return {
    texts,
    files: files as unknown as FoundTree["files"],
    judge: createJudge({ severities: { "codex/review-low": "off" }, known: new Set(known), texts }),
  };
}

function found(places: PlacedFinding["places"], more: Partial<PlacedFinding> = {}): NonNullable<AskInTree["found"]> {
  return () => [{ rule: "review-high", level: "error", message: "no test", ...more, places }];
}

const at = (line: number): { start: { line: number; column: number } } => ({ start: { line, column: 1 } });
const by = { tool: "codex", reply: null, redactor };

test("a finding is told with the line that it is about", () => {
  const told = foundIn(tree(), { found: found([{ file: "src/a.py", range: at(2) }]) }, by);
  expect(told?.tool).toBe("codex");
  expect(told?.findings).toMatchObject([
    {
      type: "finding",
      excerpt: "two = 2",
      finding: { tool: "codex", rule: "review-high", file: "src/a.py", range: at(2) },
    },
  ]);
  expect(told?.findings[0]?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
});

test.each([
  ["the first place that there is", [{ file: "no.py", range: at(1) }, { file: "issue.md" }], { file: "issue.md" }],
  [
    "a path from the root of the disk",
    [{ file: `${ROOT}/src/a.py`, range: at(1) }],
    { file: "src/a.py", range: at(1) },
  ],
  ["a path that begins with a dot", [{ file: "./src/a.py" }], { file: "src/a.py" }],
  ["a line that the file does not have", [{ file: "src/a.py", range: at(99) }], { file: "src/a.py" }],
  ["a place outside", [{ file: "/etc/passwd", range: at(1) }, { file: "issue.md" }], { file: "issue.md" }],
  ["a document that is in no tree", [{ file: "no.py" }, { file: "new.md" }], { file: "new.md" }],
] as const)("%s", (_what, places, { file, ...rest }) => {
  const [told] = foundIn(tree(), { found: found(places) }, by)?.findings ?? [];
  expect(told?.finding.file).toBe(file);
  expect(told?.finding.range).toEqual("range" in rest ? rest.range : undefined);
});

test("no line is quoted through a link", () => {
  const [told] =
    foundIn(tree([], ["src/a.py"]), { found: found([{ file: "src/a.py", range: at(1) }]) }, by)?.findings ?? [];
  expect(told).toMatchObject({ finding: { file: "src/a.py" } });
  expect(told?.excerpt).toBeUndefined();
});

test("secrets are taken out, and what is set as no finding is none", () => {
  const [told] =
    foundIn(tree(), { found: found([{ file: "issue.md" }], { message: "it holds hunter2-hunter2" }) }, by)?.findings ??
    [];
  expect(told?.finding.message).not.toContain("hunter2");
  expect(foundIn(tree(), { found: found([{ file: "issue.md" }], { rule: "review-low" }) }, by)?.findings).toEqual([]);
});

test("what is in the baseline is told as known", () => {
  const ask = { found: found([{ file: "src/a.py", range: at(1) }]) };
  const fingerprint = foundIn(tree(), ask, by)?.findings[0]?.fingerprint ?? "";
  expect(foundIn(tree([fingerprint]), ask, by)?.findings).toMatchObject([{ known: true, fingerprint }]);
});

test("what had to be mended and is not found again is mended", () => {
  const ask = { found: found([{ file: "src/a.py", range: at(1) }]) };
  const again = foundIn(tree(), ask, by)?.findings[0]?.fingerprint ?? "";
  expect(foundIn(tree(), { ...ask, toMend: [again, "other"] }, by)?.mended).toEqual(["other"]);
  expect(foundIn(tree(), {}, by)).toBeUndefined();
});
