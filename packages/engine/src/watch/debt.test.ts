import { expect, test } from "vitest";
import { debtAfter, isSettled, NO_DEBT } from "./debt.ts";

test("a run that did not pass is owed until one passes that is about the same", () => {
  const failed = debtAfter(NO_DEBT, { changed: ["a", "b"], passed: false });
  expect([...(failed as Set<string>)]).toEqual(["a", "b"]);
  const half = debtAfter(failed, { changed: ["b", "c"], passed: true });
  expect([...(half as Set<string>)]).toEqual(["a"]);
  expect(isSettled(half)).toBe(false);
  expect(isSettled(debtAfter(half, { changed: ["a"], passed: true }))).toBe(true);
});

test("where everything ran and did not pass, only a run of everything settles it", () => {
  const failed = debtAfter(NO_DEBT, { changed: undefined, passed: false });
  expect(failed).toBe("everything");
  expect(debtAfter(failed, { changed: ["a"], passed: true })).toBe("everything");
  expect(isSettled(debtAfter(failed, { changed: undefined, passed: true }))).toBe(true);
});

test("a run of everything that passes settles all", () => {
  const failed = debtAfter(NO_DEBT, { changed: ["a"], passed: false });
  expect(isSettled(debtAfter(failed, { changed: undefined, passed: true }))).toBe(true);
});
