import { expect, test } from "vitest";
import { claimsIn } from "./ignored-claims.ts";
import type { DevReply } from "./schemas.ts";

const PLANNED = { branch: "issue/A-2", stack: ["issue/A-1", "issue/A-2"] };

function reply(more: Partial<DevReply>): DevReply {
  const lists = {
    stack_branches: [],
    draft_prs: [],
    tests_run: [],
    docs_updated: [],
    deferred: [],
    open_questions: [],
  };
  return { status: "pass", branch: "issue/A-2", worktree: null, ...lists, ...more };
}

test("what is so, and nothing, is no claim", () => {
  expect(claimsIn(reply({}), PLANNED)).toEqual([]);
  expect(claimsIn(reply({ branch: "", stack_branches: ["issue/A-2", "issue/A-1"] }), PLANNED)).toEqual([]);
});

test("another branch, a branch that it does not stand on, and any draft are", () => {
  const said = reply({ branch: "main", stack_branches: ["issue/A-1", "x"], draft_prs: ["https://example.com/1"] });
  expect(claimsIn(said, PLANNED)).toEqual(["branch main", "stack branch x", "draft https://example.com/1"]);
});
