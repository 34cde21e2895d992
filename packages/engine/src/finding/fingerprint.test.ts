import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../core/evidence.ts";
import { fingerprintsOf } from "./fingerprint.ts";

const SOURCE = ["import os", "", "def f(x):", "    return eval(x)", "", "def g(x):", "    return eval(x)"];

function at(line: number, more: Partial<Finding> = {}): Finding {
  const range = { start: { line, column: 12 } };
  return { tool: "ruff", rule: "S307", level: "error", message: `line ${String(line)}`, file: "a.py", range, ...more };
}

function withoutRange({ tool, rule, level, message, file }: Finding): Finding {
  return { tool, rule, level, message, file };
}

function fingerprints(findings: readonly Finding[], lines: readonly string[]): readonly string[] {
  const source = { path: "a.py", text: lines.join("\n") };
  return fingerprintsOf(findings, { source: (path) => (path === "a.py" ? source : undefined) });
}

test("a fingerprint is 32 hexadecimal digits", () => {
  expect(fingerprints([at(4)], SOURCE)).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/)]);
});

test("lines that come before or go, and another indentation, change nothing", () => {
  const line = fc.stringMatching(/^[a-z #]{0,12}$/);
  fc.assert(
    fc.property(fc.array(line, { maxLength: 9 }), fc.array(line, { maxLength: 3 }), (before, between) => {
      const moved = [...before, ...SOURCE.slice(0, 4), ...between, ...SOURCE.slice(4)];
      const first = 4 + before.length;
      const second = 7 + before.length + between.length;
      moved[first - 1] = "\t return  eval(x)";
      expect(fingerprints([at(first), at(second)], moved)).toEqual(fingerprints([at(4), at(7)], SOURCE));
    }),
  );
});

test("equal lines with equal rules are told apart by their order, in whatever order the tool names them", () => {
  const [first, second] = fingerprints([at(4), at(7)], SOURCE);
  expect(first).not.toBe(second);
  expect(fingerprints([at(7), at(4)], SOURCE)).toEqual([second, first]);
});

test("another tool, rule, file or text of the line is another finding", () => {
  const own = fingerprints([at(4)], SOURCE)[0];
  const others = [
    fingerprints([at(4, { tool: "bandit" })], SOURCE)[0],
    fingerprints([at(4, { rule: "S101" })], SOURCE)[0],
    fingerprints([at(4, { file: "b.py" })], SOURCE)[0],
    fingerprints([at(4)], SOURCE.with(3, "    return eval(y)"))[0],
  ];
  expect(new Set([own, ...others]).size).toBe(5);
});

test("what has no line is known by its message", () => {
  const whole = withoutRange(at(1));
  const [a] = fingerprints([whole], SOURCE);
  expect(fingerprints([whole], [])).toEqual([a]);
  expect(fingerprints([{ ...whole, message: "another" }], SOURCE)).not.toEqual([a]);
});
