import assert from "node:assert/strict";
import test from "node:test";
import { main } from "../dist/index.js";

test("without arguments it asks for some", () => {
  assert.equal(main([]), "say something");
  assert.equal(main(["a", "a"]), "2 a");
});
