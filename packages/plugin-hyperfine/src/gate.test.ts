import type { GateDecision, JsonValue, Settled } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { COMPARE } from "./compare.ts";
import { noRegression } from "./gate.ts";

const PROJECT = {
  ...{ name: "app", root: ".", tags: [], nested: [], environments: [], dependencies: [] },
  ...{ plugin: "python", manifests: [] },
};

/** Thirty rounds at the base of a second each; in the work tree as long as the numbers say, over and over. */
function compared(name: string, ...head: readonly number[]): JsonValue {
  const rounds = Array.from({ length: 30 }, (_, at) => head[at % head.length] ?? 0);
  return { name, base: rounds.map(() => 1), head: rounds };
}

function decide(data: readonly JsonValue[] | undefined, threshold: number | null = null): GateDecision {
  const base = { project: "app", atom: COMPARE, status: "ok", advisory: false } as const;
  const task: Settled =
    data === undefined
      ? { ...base, reason: "not installed (hyperfine)" }
      : { ...base, evidence: { tool: "hyperfine", data: { compared: data } } };
  const options = { args: [], benchmarks: [], warmup: 0, rounds: 30 };
  return noRegression.decide({
    ...{ options, facts: null, project: PROJECT as never, upstream: [], threshold, change: null, before: [] },
    tasks: [task],
  });
}

test("a benchmark that is surely slower than allowed fails, one that surely is not passes", () => {
  expect(decide([compared("start", 1.18, 1.2, 1.22)])).toEqual({
    verdict: "fail",
    measured: "start +20 % (+18 … +22 %)",
    wanted: "at most +10 %, 95 % sure",
    numbers: { slower: expect.closeTo(20) },
  });
  expect(decide([compared("start", 0.97, 0.98, 1.01)])).toMatchObject({
    verdict: "pass",
    measured: "start −2 % (−3 … +1 %)",
  });
});

test("what cannot be told for noise holds, and is never passed", () => {
  expect(decide([compared("start", 0.8, 1, 1.3)])).toMatchObject({
    verdict: "hold",
    note: "more `rounds` or a quieter machine would tell",
  });
});

test("the threshold is in per cent", () => {
  expect(decide([compared("start", 1.2)], 25).verdict).toBe("pass");
  expect(decide([compared("start", 1.2)], 20).verdict).toBe("pass");
  expect(decide([compared("start", 1.2)], 19).verdict).toBe("fail");
});

test("of several benchmarks the worst decides, and the others that are not well are noted", () => {
  const all = [compared("fine", 1), compared("slow", 1.3), compared("slower", 1.5), compared("noisy", 0.5, 1.5)];
  expect(decide(all)).toMatchObject({
    verdict: "fail",
    measured: "slower +50 % (+50 … +50 %)",
    note: "slow +30 % (+30 … +30 %); noisy +0 % (−50 … +50 %)",
  });
});

test("a command that fails on one side holds", () => {
  const failed = (side: string): JsonValue => ({ name: "start", base: [], head: [], failed: side });
  expect(decide([failed("base")])).toMatchObject({ verdict: "hold", measured: "start fails at the base" });
  expect(decide([failed("head")])).toMatchObject({ verdict: "hold", measured: "start fails in the work tree" });
});

test("without evidence it holds, and a project that is new has nothing to be slower than", () => {
  expect(decide(undefined)).toMatchObject({ verdict: "hold", note: "not installed (hyperfine)" });
  expect(decide([])).toMatchObject({ verdict: "pass", measured: "nothing to compare with" });
});

test("over all projects the worst is told", () => {
  const [fine, slow] = [decide([compared("a", 1)]), decide([compared("b", 1.2)])];
  expect(noRegression.total([fine, slow])).toEqual({
    measured: "b +20 % (+20 … +20 %)",
    wanted: "at most +10 %, 95 % sure",
  });
});
