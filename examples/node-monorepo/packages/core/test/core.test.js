import assert from "node:assert/strict";
import test from "node:test";
import { countWords } from "../dist/index.js";

test("words are counted whatever their case", () => {
  assert.deepEqual([...countWords("One two, one")], [["one", 2], ["two", 1]]);
});
