import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choiceScore, type ChoiceFacts } from "./choice-score.ts";
import { choicesOf } from "./choices.ts";
import { CONFLICT, pairRisk, type Common } from "./pair-risk.ts";

const NOTHING: Common = { scopesMeet: false, share: 0, mentioned: 0, names: 0, schemas: 0 };
const common = (more: Partial<Common>): Common => ({ ...NOTHING, ...more });

/** From the least risk to the greatest: each row is riskier than the one above. */
const RANKED: readonly (readonly [string, Common, number])[] = [
  ["nothing in common", NOTHING, 0],
  ["one file named", common({ mentioned: 1 }), 0.2],
  ["one name of the code", common({ names: 1 }), 0.25],
  ["two files named", common({ mentioned: 2 }), 0.36],
  ["a name, and the file that defines it", common({ mentioned: 1, names: 1 }), 0.4],
  ["two names", common({ names: 2 }), 0.4375],
  ["scopes that meet in no file yet", common({ scopesMeet: true }), 0.5],
  ["three names", common({ names: 3 }), 0.578125],
  ["a schema", common({ schemas: 1 }), 0.6],
  ["half of the smaller scope", common({ scopesMeet: true, share: 0.5 }), 0.725],
  ["scopes that meet, and a schema", common({ scopesMeet: true, schemas: 1 }), 0.8],
  ["all of the smaller scope", common({ scopesMeet: true, share: 1 }), 0.95],
  ["all of it, a schema, and a name", common({ scopesMeet: true, share: 1, schemas: 2, names: 1 }), 0.985],
];

describe("the risk of two issues", () => {
  test.each(RANKED)("%s", (_what, facts, wanted) => {
    expect(pairRisk(facts)).toBeCloseTo(wanted, 10);
  });

  test("rows of the table are ranked from the least to the greatest", () => {
    const risks = RANKED.map(([, facts]) => pairRisk(facts));
    expect(risks).toEqual([...risks].sort((a, b) => a - b));
    expect(RANKED.filter(([, facts]) => pairRisk(facts) < CONFLICT)).toHaveLength(6);
  });

  test("it is between 0 and 1, and more in common never makes it less", () => {
    const facts = fc.record({
      ...{ scopesMeet: fc.boolean(), share: fc.double({ min: 0, max: 1, noNaN: true }) },
      ...{ mentioned: fc.nat(20), names: fc.nat(20), schemas: fc.nat(3) },
    });
    fc.assert(
      fc.property(facts, fc.constantFrom("mentioned", "names", "schemas"), (one, kind) => {
        const risk = pairRisk(one);
        expect(risk).toBeGreaterThanOrEqual(0);
        expect(risk).toBeLessThanOrEqual(1);
        expect(pairRisk({ ...one, [kind]: one[kind as "names"] + 1 })).toBeGreaterThanOrEqual(risk);
      }),
    );
  });
});

/** From the best choice to the worst. */
const CHOICES: readonly (readonly [string, ChoiceFacts, number])[] = [
  ["three that do not meet, one with the longest chain behind it", { behind: [1, 0, 0], risks: [0, 0, 0] }, 4],
  ["two with the longest chains", { behind: [1, 0.75], risks: [0] }, 3.75],
  ["three that do not meet", { behind: [0, 0, 0], risks: [0, 0, 0] }, 3],
  ["three, two of which name the same", { behind: [0, 0, 0], risks: [0.25, 0, 0] }, 2.5],
  ["two that do not meet", { behind: [0, 0], risks: [0] }, 2],
  ["one with half of the chain", { behind: [0.5], risks: [] }, 1.5],
  ["two that come by two of the same files", { behind: [0, 0], risks: [0.36] }, 1.28],
  ["one alone", { behind: [0], risks: [] }, 1],
  ["two that write the same file", { behind: [0, 0], risks: [0.95] }, 0.1],
  ["three that all write the same file", { behind: [0, 0, 0], risks: [0.95, 0.95, 0.95] }, -2.7],
];

describe("the score of a choice", () => {
  test.each(CHOICES)("%s", (_what, facts, wanted) => {
    expect(choiceScore(facts)).toBeCloseTo(wanted, 10);
  });

  test("rows of the table are ranked from the best to the worst", () => {
    const scores = CHOICES.map(([, facts]) => choiceScore(facts));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });
});

test("a choice takes in what adds most to its score, and nothing that adds nothing", () => {
  const risks: Readonly<Record<string, number>> = {
    ...{ "0 1": 0.4, "0 2": 0.2, "1 2": 0.1, "0 3": 0.45, "1 3": 0.45, "2 3": 0.5 },
  };
  const risk = (a: number, b: number): number => risks[`${String(Math.min(a, b))} ${String(Math.max(a, b))}`] ?? 0;
  const choices = choicesOf({ members: [0, 1, 2, 3], behind: () => 0, risk, most: 4 });
  expect(choices.map(({ members, score }) => [members, Number(score.toFixed(2))])).toEqual([
    [[0, 2], 1.6],
    [[1, 3], 1.1],
  ]);
  // The one with the most behind it begins.
  const other = choicesOf({ members: [0, 1, 2, 3], behind: (at) => (at === 3 ? 1 : 0), risk, most: 2 });
  expect(other.map(({ members }) => members)).toEqual([
    [0, 3],
    [1, 2],
  ]);
});
