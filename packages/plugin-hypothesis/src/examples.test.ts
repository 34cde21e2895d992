import { expect, test } from "vitest";
import { examplesIn, stable } from "./examples.ts";

test.each([
  [
    "Falsifying example: test_a(\n    x=0, self=<T at 0x7f12ab>,\n)",
    "Falsifying example: test_a(\n    x=0, self=<T at 0x...>,\n)",
  ],
  ["Falsifying explicit example: test_a(x=0)", "Falsifying explicit example: test_a(x=0)"],
  ["Failing test case: test_a(\n    x=')',\n)\nand more", "Failing test case: test_a(\n    x=')',\n)"],
  ["Failing explicit example: test_a(\n    x=0,\n)", "Failing explicit example: test_a(\n    x=0,\n)"],
  [
    "Falsifying example:\nstate = M()\nstate.add(k=0)\nstate.teardown()\nand more",
    "Falsifying example:\nstate = M()\nstate.add(k=0)\nstate.teardown()",
  ],
  [
    "Failing test case: <state machine>\nstate = M()\nstate.teardown()\nExplanation:\n    /a.py:3",
    "Failing test case: <state machine>\nstate = M()\nstate.teardown()",
  ],
])("%j is an example", (text, example) => {
  expect(examplesIn(text)).toEqual([example]);
});

test("several examples are told apart, and other notes are none", () => {
  const one = "Falsifying example: test_a(\n    x=0,\n)";
  expect(examplesIn(`Trying\n${one}\nValueError\n${one}\n`)).toEqual([one, one]);
  expect(examplesIn("Explanation:\n    These lines were always run:\n")).toEqual([]);
});

test("what is another in each run is left out", () => {
  expect(stable("it took 250.12ms, which is 0.05 seconds at 0xFF")).toBe(
    "it took ...ms, which is ... seconds at 0x...",
  );
  expect(stable("x=12, y='3 items'")).toBe("x=12, y='3 items'");
});
