import type { GateDecision, Settled } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { complexityOfChange } from "./gate.ts";
import { ATOM } from "./measure.ts";
import type { Functions } from "./report.ts";

const OPTIONS = { args: [], small: 5, most: 10 };
const PROJECT = {
  ...{ name: "app", root: ".", tags: [], nested: [], environments: [], dependencies: [] },
  ...{ plugin: "python", manifests: [] },
};

function settled(functions: Functions | undefined): Settled {
  const base = { project: "app", atom: ATOM, status: "ok", advisory: false } as const;
  if (functions === undefined) return base;
  return { ...base, evidence: { tool: "ruff", data: { functions } } };
}

function decide(
  before: Functions | undefined,
  after: Functions | undefined,
  {
    threshold = null,
    files = ["a.py"],
  }: { readonly threshold?: number | null; readonly files?: readonly string[] } = {},
): GateDecision {
  return complexityOfChange.decide({
    ...{ options: OPTIONS, facts: true, project: PROJECT as never, upstream: [], threshold },
    tasks: [settled(after)],
    before: [settled(before)],
    change: {
      ...{ base: "main", commit: "c" },
      files: files.map((path) => ({
        path,
        status: "modified",
        lines: "1",
        ...(path === "b.py" ? { from: "a.py" } : {}),
      })),
    },
  });
}

test("a function may become a fifth more complex, and the worst that is more is named", () => {
  expect(decide({ "a.py": [["f", 10]] }, { "a.py": [["f", 12]] })).toMatchObject({
    verdict: "pass",
    measured: "+20 %",
    wanted: "at most +20 %",
  });
  const after: Functions = {
    "a.py": [
      ["f", 13],
      ["g", 20],
    ],
  };
  expect(
    decide(
      {
        "a.py": [
          ["f", 10],
          ["g", 10],
        ],
      },
      after,
    ),
  ).toMatchObject({
    verdict: "fail",
    measured: "+100 %",
    note: "a.py:g 10 → 20, a.py:f 10 → 13",
  });
});

test("the threshold is the configuration's", () => {
  const [before, after] = [{ "a.py": [["f", 10]] }, { "a.py": [["f", 14]] }] satisfies Functions[];
  expect(decide(before, after, { threshold: 50 }).verdict).toBe("pass");
  expect(decide(before, after, { threshold: 0 }).verdict).toBe("fail");
});

test("a small function may grow as it likes, a new one may not be complex at once", () => {
  expect(decide({ "a.py": [["f", 1]] }, { "a.py": [["f", 5]] })).toMatchObject({ verdict: "pass", measured: "+400 %" });
  expect(decide({ "a.py": [["f", 1]] }, { "a.py": [["f", 6]] }).verdict).toBe("fail");
  expect(decide({}, { "a.py": [["f", 10]] })).toMatchObject({ verdict: "pass", measured: "no function" });
  expect(decide({}, { "a.py": [["f", 11]] })).toMatchObject({ verdict: "fail", note: "a.py:f new → 11" });
});

test("only files that changed count, and a file that was renamed is compared with what it was", () => {
  const after: Functions = { "a.py": [["f", 10]], "c.py": [["g", 50]] };
  expect(decide({ "a.py": [["f", 10]] }, after).verdict).toBe("pass");
  expect(decide({ "a.py": [["f", 10]] }, { "b.py": [["f", 10]] }, { files: ["b.py"] }).verdict).toBe("pass");
});

test("functions of one name are compared in their order", () => {
  const before: Functions = {
    "a.py": [
      ["f", 10],
      ["f", 30],
    ],
  };
  expect(
    decide(before, {
      "a.py": [
        ["f", 10],
        ["f", 30],
      ],
    }).verdict,
  ).toBe("pass");
  expect(
    decide(before, {
      "a.py": [
        ["f", 30],
        ["f", 30],
      ],
    }).verdict,
  ).toBe("fail");
});

test("without numbers on either side it holds", () => {
  expect(decide({}, undefined)).toMatchObject({ verdict: "hold", measured: "no evidence" });
  expect(decide(undefined, {})).toMatchObject({ verdict: "hold", note: "ruff left no numbers at the base" });
});

test("over several projects the worst is told", () => {
  const [mild, bad] = [
    decide({ "a.py": [["f", 10]] }, { "a.py": [["f", 11]] }),
    decide({ "a.py": [["f", 10]] }, { "a.py": [["f", 15]] }),
  ];
  expect(complexityOfChange.total([mild, bad])).toEqual({ measured: "+50 %", wanted: "at most +20 %" });
});
