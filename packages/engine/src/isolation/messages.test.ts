import { expect, test } from "vitest";
import { isWorking, WORKING } from "./messages.ts";

test("what a process says when it begins is known again behind its way as JSON", () => {
  expect(isWorking(JSON.parse(JSON.stringify(WORKING)))).toBe(true);
});

test.each([null, undefined, "working", 1, [], {}, { type: "other" }, { type: ["working"] }])(
  "%j does not say that it begins",
  (message) => {
    expect(isWorking(message)).toBe(false);
  },
);
