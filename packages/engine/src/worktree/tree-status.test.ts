import { expect, test } from "vitest";
import { parseStatus } from "./tree-status.ts";

const ID = "a".repeat(40);

test("a status is read line by line, whatever is in the names", () => {
  const lines = [
    `# branch.oid ${ID}`,
    "# branch.head issue/a b",
    "# branch.upstream origin/x",
    `1 .M N... 100644 100644 100644 ${ID} ${ID} src/a b.py`,
    `1 A. N... 000000 100644 100644 ${ID} ${ID}  leading`,
    `u UU N... 100644 100644 100644 100644 ${ID} ${ID} ${ID} both ways.py`,
    "? ? new",
    "! node_modules/",
    "! a\nb.log",
  ];
  expect(parseStatus(lines)).toEqual({
    head: ID,
    branch: "issue/a b",
    changed: ["src/a b.py", " leading", "both ways.py"],
    conflicts: ["both ways.py"],
    untracked: ["? new"],
    ignored: ["node_modules", "a\nb.log"],
  });
});

test("a HEAD on no branch, and one with no commit", () => {
  expect(parseStatus([`# branch.oid ${ID}`, "# branch.head (detached)"])).toMatchObject({ head: ID, branch: null });
  expect(parseStatus(["# branch.oid (initial)", "# branch.head x"])).toMatchObject({ head: null, branch: "x" });
});
