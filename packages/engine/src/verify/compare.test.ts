import { expect, test } from "vitest";
import { difference, outcomeOf, steadyWords } from "./compare.ts";
import type { Observation } from "./observation.ts";

const RUN: Observation = {
  status: "ok",
  summary: "ok",
  evidence: '{"tool":"t"}',
  outputs: new Map([["dist/a", "100644 1"]]),
  log: "",
  words: "a",
  writes: [],
};

test("runs differ by status, evidence, an output's mode or bytes, a missing or a further output, and words", () => {
  const wanted = outcomeOf(RUN);
  expect(difference(wanted, RUN)).toBeUndefined();
  const others: readonly Partial<Observation>[] = [
    { status: "failed" },
    { evidence: '{"tool":"u"}' },
    { outputs: new Map([["dist/a", "100755 1"]]) },
    { outputs: new Map() },
    { outputs: new Map([...RUN.outputs, ["dist/b", "100644 1"]]) },
    { words: "b" },
  ];
  expect(others.map((other) => difference(wanted, { ...RUN, ...other }))).toEqual([
    "it is failed and not ok",
    "what it found is different",
    "dist/a is different",
    "dist/a is different",
    "dist/b is different",
    "what it prints is different",
  ]);
});

test("words count only where both have some", () => {
  expect(difference({ ...outcomeOf(RUN), words: undefined }, { ...RUN, words: "b" })).toBeUndefined();
  expect(difference(outcomeOf(RUN), { ...RUN, words: undefined })).toBeUndefined();
});

test("a log is the same whatever it took, in whichever colour, order of streams and place", () => {
  const one = "built in 1.24s\n\u001b[32mok\u001b[0m /tmp/x/src/a.ts\nwarning";
  const two = "warning\nok /tmp/y/src/a.ts\nbuilt in 310 ms";
  expect(steadyWords(one, "/tmp/x").replace("… ms", "…s")).toBe(steadyWords(two, "/tmp/y").replace("… ms", "…s"));
  expect(steadyWords("3 files")).not.toBe(steadyWords("4 files"));
});
