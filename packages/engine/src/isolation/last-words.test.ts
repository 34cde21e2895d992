import { expect, test } from "vitest";
import { lossOf } from "./last-words.ts";
import { OUT_OF_MEMORY } from "./messages.ts";

test("a process that said nothing has ended", () => {
  expect(lossOf("")).toEqual({ why: "exited" });
});

test.each([
  ["the watchdog", `before\n${OUT_OF_MEMORY}\n`],
  ["the heap's end", "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n 1: 0xb"],
  ["a buffer that could not be had", "RangeError: Array buffer allocation failed\n    at new ArrayBuffer"],
])("memory is told by %s", (_title, said) => {
  expect(lossOf(said)).toEqual({ why: "memory" });
});

const THROWN = `file:///tmp/acme.ts:3
setTimeout(() => { throw new TypeError("too late"); });
                         ^

TypeError: too late
    at Timeout._onTimeout (file:///tmp/acme.ts:3:26)
    at listOnTimeout (node:internal/timers:605:17)

Node.js v24.21.0
`;

test("of an exception that nobody caught its line is kept, without its stack", () => {
  expect(lossOf(THROWN)).toEqual({ why: "exited", lastWords: "TypeError: too late" });
});

test("of several the last is kept, in a line of bounded length, without control characters", () => {
  const said = `Error: first\r\nError [ERR_SOME]: \u001B[31msecond${"!".repeat(1000)}\r\nbye\n`;
  const { lastWords = "" } = lossOf(said);
  expect(lastWords.slice(0, 32)).toBe("Error [ERR_SOME]:  [31msecond!!!");
  expect(lastWords).toHaveLength(200);
});

test("what is no error is not taken for one", () => {
  expect(lossOf("all is well\nNo Error here\n")).toEqual({ why: "exited" });
});
