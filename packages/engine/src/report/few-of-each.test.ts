import { expect, test } from "vitest";
import type { Diagnostic } from "../core/diagnostic.ts";
import { fewOfEach } from "./few-of-each.ts";

function many(code: string, severity: Diagnostic["severity"], count: number): Diagnostic[] {
  return Array.from({ length: count }, (_, at) => ({ code, severity, message: `${code} ${String(at)}` }));
}

test("errors are all told; of warnings five with each code, and how many more there are", () => {
  const { told, left } = fewOfEach([
    ...many("SYM1", "warning", 7),
    ...many("SYM2", "error", 9),
    ...many("SYM3", "info", 5),
  ]);
  expect(
    told
      .map(({ code }) => code)
      .join(" ")
      .replaceAll(/(SYM\d)(?: \1)*/g, "$1"),
  ).toBe("SYM1 SYM2 SYM3");
  expect(told).toHaveLength(5 + 9 + 5);
  expect([...left]).toEqual([["SYM1", 2]]);
});
