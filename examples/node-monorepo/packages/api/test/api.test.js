import assert from "node:assert/strict";
import test from "node:test";
import { table } from "../dist/index.js";

test("the most frequent word comes first", () => {
  assert.equal(table("b a b"), "2 b\n1 a");
});
