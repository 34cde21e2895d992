import assert from "node:assert/strict";
import { test } from "node:test";
import { testPlugin } from "@symbiotic-build/engine/testing";
import { todos } from "./todos.ts";

const files = {
  OWNERS: "ada\n",
  "shop/price.py": "# TODO: round\n# TODO(ada): tax\n# FIXME(bob): both\n",
};

test("a TODO without an owner, or with one who is not in OWNERS, is a finding", async () => {
  const { outcome } = await testPlugin(todos(), { files }).atom("todos").run();
  const found = outcome.evidence.findings?.map(({ rule, range }) => `${range?.start.line} ${rule}`);
  assert.deepEqual(found, ["1 no-owner", "3 unknown-owner"]);
});

test("the gate passes within its threshold, and is advisory where there is no OWNERS file", async () => {
  const kit = testPlugin(todos(), { files });
  const { outcome } = await kit.atom("todos").run();
  assert.equal(kit.gate("todos_owned").decide({ todos: outcome }).verdict, "fail");
  assert.equal(kit.gate("todos_owned").decide({ todos: outcome }, { threshold: 2 }).verdict, "pass");
  assert.equal(testPlugin(todos()).gate("todos_owned").decide({ todos: outcome }).required, false);
});

test("an edit of a source or of OWNERS runs it again, and no other edit", () => {
  const atom = testPlugin(todos(), { files: { ...files, "README.md": "TODO" } }).atom("todos");
  assert.deepEqual(atom.inputFiles, ["OWNERS", "shop/price.py"]);
});

test("a wrong option is refused by name", () => {
  assert.throws(() => testPlugin(todos({ words: ["todo"] })), /SYM1204 options\.words\[0\]: is no word in capitals/);
});
