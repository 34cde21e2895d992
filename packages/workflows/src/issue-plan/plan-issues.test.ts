import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planOf, scope, tryPlan, type PlannedDocument } from "../../test/support/plans.ts";
import type { IssuePlan } from "./issue-plan.ts";
import { issuePlanJson } from "./show/plan-json.ts";
import { issuePlanSchema } from "./show/plan-schema.ts";

const ids = (issues: readonly { readonly id: { readonly value: string } }[]): string[] =>
  issues.map(({ id }) => id.value);
const levels = (plan: IssuePlan): string[][][] =>
  plan.levels.map((choices) => choices.map((choice) => ids(choice.issues)));
const edges = (plan: IssuePlan): string[] =>
  plan.edges.map(
    ({ before, after, evidence }) =>
      `${before.id.value} ${after.id.value} ${evidence.map(({ rule }) => rule).join("+")}`,
  );
const conflicts = (plan: IssuePlan): string[] =>
  plan.conflicts.map(({ issues: [a, b], isBinding, evidence }) => {
    const kinds = evidence().map(({ kind }) => kind);
    return `${a.id.value} ${b.id.value} ${isBinding ? "not at once" : "at a risk"}: ${kinds.join(" ")}`;
  });

describe("edges", () => {
  test("what documents state is told with its line, and makes levels", () => {
    const plan = planOf({ A: {}, B: { front: "blocked_by: A" }, C: { front: "depends_on: B" } });
    expect(levels(plan)).toEqual([[["A"]], [["B"]], [["C"]]]);
    expect(plan.edges[0]?.evidence).toEqual([
      { rule: "stated", why: "B says `blocked_by`", at: "docs/projects/p/issues/B.md:4:13" },
    ]);
  });

  test.each([
    ["Do it after A-1 has landed.", ["A-1 B-1 text"]],
    ["This needs A-1.", ["A-1 B-1 text"]],
    ["It builds on A-1 and the rest.", ["A-1 B-1 text"]],
    ["It unblocks A-1.", ["B-1 A-1 text"]],
    ["To be done before A-1.", ["B-1 A-1 text"]],
    ["It does not need A-1.", []],
    ["It can be done without waiting, independent of A-1.", []],
    ["See A-1.", []],
    ["After the rest. A-1 is another matter.", []],
    ["It comes after A-99.", []],
    ["```\nafter A-1\n```", []],
    ["<!-- after A-1 -->", []],
    ["## Out of scope\n\nAll that comes after A-1.", []],
  ])("prose: %s", (body, wanted) => {
    expect(edges(planOf({ "A-1": {}, "B-1": { body } }))).toEqual(wanted);
  });

  test("what only one makes comes before those who name it", () => {
    const plan = planOf({
      A: { body: "Add `parse_rows` to the reader." },
      B: { body: "The export calls `parse_rows`." },
      C: { body: "It is about `other_rows`." },
    });
    expect(edges(plan)).toEqual(["A B makes"]);
    expect(plan.edges[0]?.evidence[0]).toEqual({
      ...{ rule: "makes", why: "A makes `parse_rows`, which B names", at: "docs/projects/p/issues/B.md:6:19" },
    });
  });

  test("what the code has already, or two make, says nothing of the order", () => {
    const files = { "src/rows.py": "def parse_rows():\n    pass\n" };
    expect(edges(planOf({ A: { body: "Add `parse_rows`." }, B: { body: "Use `parse_rows`." } }, { files }))).toEqual(
      [],
    );
    expect(
      edges(
        planOf({ A: { body: "Add `parse_it`." }, B: { body: "Add `parse_it`." }, C: { body: "Call `parse_it`." } }),
      ),
    ).toEqual([]);
  });

  test("a new file, and a schema, come before those who name and do not write them", () => {
    const files = { "db/schema.sql": "create table users ();", "src/old.py": "" };
    const plan = planOf(
      {
        A: { body: scope("src/new.py", "db/schema.sql", "src/old.py") },
        B: { body: "It reads `src/new.py`." },
        C: { body: "It follows `db/schema.sql`." },
        D: { body: "It looks at `src/old.py`." },
      },
      { files },
    );
    expect(edges(plan)).toEqual(["A B writes", "A C writes"]);
  });

  test("inferred edges that make a circle are left out, all of it, and told", () => {
    const plan = planOf({
      "A-1": { body: "After B-1." },
      "B-1": { front: "blocked_by: A-1" },
      "C-1": { body: "After B-1, and it needs D-1." },
      "D-1": { body: "It needs C-1." },
    });
    expect(edges(plan)).toEqual(["A-1 B-1 stated", "B-1 C-1 text"]);
    expect(plan.dropped.map(({ before, after }) => `${before.id.value} ${after.id.value}`)).toEqual([
      "B-1 A-1",
      "D-1 C-1",
      "C-1 D-1",
    ]);
  });
});

describe("conflicts", () => {
  const files = {
    "src/api/export.py": "def export_rows():\n    pass\n",
    "src/api/rows.py": "class RowReader:\n    pass\n",
    "src/app.py": 'app.get("/api/users/1")\n',
    "db/migrations/0001_users.sql": "create table users ();",
  };
  test.each<readonly [string, PlannedDocument, PlannedDocument, readonly string[]]>([
    [
      "the same file",
      { body: scope("src/api/export.py") },
      { body: scope("src/api/export.py") },
      ["A B not at once: files"],
    ],
    [
      "a glob and a file in it",
      { body: scope("src/api/**") },
      { body: scope("src/api/rows.py") },
      ["A B not at once: files"],
    ],
    [
      "a folder and a new file in it",
      { body: scope("src/api") },
      { body: scope("src/api/new.py") },
      ["A B not at once: files"],
    ],
    ["other folders", { body: scope("src/api/**") }, { body: scope("tests/**") }, []],
    ["other endings", { body: scope("src/**/*.py") }, { body: scope("src/**/*.ts") }, []],
    ["one without a scope", { body: scope("src/api/**") }, {}, []],
    [
      "the same folder of migrations",
      { body: scope("db/migrations/0002_a.sql") },
      { body: scope("db/migrations/0002_b.sql") },
      ["A B not at once: schema"],
    ],
    [
      "a name of the code",
      { body: "Mend `RowReader`." },
      { body: "Speed up `RowReader`." },
      ["A B at a risk: api mention"],
    ],
    [
      "an endpoint",
      { body: "Page `GET /api/users/{id}`." },
      { body: "Log `/api/users/:id`." },
      ["A B at a risk: api mention"],
    ],
    ["a name that is nowhere", { body: "Mend `NoSuchThing`." }, { body: "Drop `NoSuchThing`." }, []],
    [
      "a file of the other's scope",
      { body: "See `src/app.py`." },
      { body: scope("src/app.py") },
      ["A B at a risk: mention"],
    ],
    [
      "a file that defines what is named",
      { body: "Mend `export_rows`." },
      { body: scope("src/api/export.py") },
      ["A B at a risk: mention"],
    ],
  ])("%s", (_what, a, b, wanted) => {
    expect(conflicts(planOf({ A: a, B: b }, { files }))).toEqual(wanted);
  });

  test("they are told with the lines that say so", () => {
    const plan = planOf({ A: { body: scope("src/api/**") }, B: { front: "files: src/api/rows.py" } }, { files });
    expect(plan.conflicts[0]?.evidence()).toEqual([
      {
        kind: "files",
        why: "both may write src/api/rows.py",
        at: ["docs/projects/p/issues/A.md:8:4", "docs/projects/p/issues/B.md:4:8"],
      },
    ]);
  });
});

test("streams go by dependency alone, clusters also by conflict", () => {
  const plan = planOf({
    A: { body: scope("src/a.py") },
    B: { front: "blocked_by: A" },
    C: { body: scope("src/a.py") },
    D: {},
  });
  expect(plan.streams.map(ids)).toEqual([["A", "B"], ["C"], ["D"]]);
  expect(plan.clusters.map(ids)).toEqual([["A", "B", "C"], ["D"]]);
});

test("levels go by edges and by conflicts; of a level, the choice that lets most go on is first", () => {
  const plan = planOf({
    A: { body: scope("src/a.py") },
    B: { body: scope("src/a.py") },
    C: { front: "blocked_by: B" },
    D: {},
    E: {},
  });
  expect(levels(plan)).toEqual([[["A", "D"], ["E"]], [["B"]], [["C"]]]);
  expect(plan.levels[0]?.map(({ score }) => score)).toEqual([3, 1]);
  expect(plan.issues.map(({ issue, waitsFor }) => [issue.id.value, ids(waitsFor)])).toEqual([
    ["A", []],
    ["B", ["A"]],
    ["C", []],
    ["D", []],
    ["E", []],
  ]);
});

test("two that name the same are in one choice only where no other choice is less risk", () => {
  const files = { "src/rows.py": "class RowReader:\n    pass\n" };
  const plan = planOf(
    { A: { body: "Mend `RowReader`." }, B: { body: "Speed up `RowReader`." }, C: {}, D: {} },
    { files },
  );
  expect(levels(plan)).toEqual([
    [
      ["A", "C"],
      ["B", "D"],
    ],
  ]);
  const alone = planOf({ A: { body: "Mend `RowReader`." }, B: { body: "Speed up `RowReader`." } }, { files });
  expect(alone.levels[0]?.map(({ score }) => score.toFixed(2))).toEqual(["1.20"]);
});

test("no more run at once than may", () => {
  const plan = planOf({ A: {}, B: {}, C: {}, D: {}, E: {} }, { parallel: 3 });
  expect(levels(plan)).toEqual([
    [
      ["A", "B", "C"],
      ["D", "E"],
    ],
  ]);
});

test("what is finished needs no plan, and holds nothing up", () => {
  const documents = { A: { body: scope("src/**") }, B: { front: "blocked_by: A" }, C: { body: scope("src/a.py") } };
  const plan = planOf(documents, { finished: ["A"] });
  expect(plan.finished.map(({ issue, why }) => [issue.id.value, why])).toEqual([["A", "passed at once"]]);
  expect(levels(plan)).toEqual([[["B", "C"]]]);
  expect(tryPlan(Object.entries(documents), { ids: ["B"] })).toMatchObject({ ok: false, error: [{ code: "SYM9301" }] });
  expect(tryPlan(Object.entries(documents), { ids: ["B"], finished: ["A"] }).ok).toBe(true);
});

test("what is begun waits for nothing that is not, but for what blocks it", () => {
  const documents = {
    "A-1": { body: `${scope("src/a.py")}\nIt unblocks C-1.` },
    "B-1": { body: scope("src/a.py") },
    "C-1": {},
    "D-1": { front: "blocked_by: A-1" },
  };
  const waits = (plan: IssuePlan): (string | string[])[][] =>
    plan.issues.map(({ issue, waitsFor }) => [issue.id.value, ids(waitsFor)]);
  expect(waits(planOf(documents))).toEqual([
    ["A-1", []],
    ["B-1", ["A-1"]],
    ["C-1", ["A-1"]],
    ["D-1", []],
  ]);
  expect(waits(planOf(documents, { begun: ["B-1", "C-1", "D-1"] }))).toEqual([
    ["B-1", []],
    ["C-1", []],
    ["A-1", ["B-1"]],
    ["D-1", []],
  ]);
});

test("issues of a cycle, and those behind, are held", () => {
  const plan = planOf({
    A: { front: "blocked_by: B" },
    B: { front: "blocked_by: A" },
    C: { front: "blocked_by: B" },
    D: {},
  });
  expect(plan.held.map(({ issue, why }) => `${issue.id.value} ${why}`)).toEqual([
    "A in a cycle",
    "B in a cycle",
    "C behind a cycle",
  ]);
  expect(levels(plan)).toEqual([[["D"]]]);
});

test("an issue may be called as what every object has", () => {
  const plan = planOf({
    constructor: { body: scope("constructor/**") },
    toString: { front: "blocked_by: constructor", body: "Mend `hasOwnProperty()`." },
    hasOwnProperty: { body: scope("constructor/toString.py") },
  });
  expect(plan.streams.map(ids)).toEqual([["constructor", "toString"], ["hasOwnProperty"]]);
  expect(plan.clusters.map(ids)).toEqual([["constructor", "hasOwnProperty", "toString"]]);
});

const GLOBS = ["src/a.py", "src/b.py", "src/**", "docs/x.md", "db/migrations/0003.sql", "**"];
const NAMES = Array.from({ length: 7 }, (_, at) => `I-${String(at)}`);
const anyDocument = fc.record({
  blockers: fc.subarray(NAMES, { maxLength: 2 }),
  globs: fc.subarray(GLOBS, { maxLength: 2 }),
  text: fc.constantFrom("", "After I-3.", "It unblocks I-1.", "Add `make_it`.", "Call `make_it`.", "Mend `RowReader`."),
});
const backlog = fc.array(anyDocument, { minLength: 1, maxLength: NAMES.length }).map((all) =>
  all.map(({ blockers, globs, text }, at): [string, PlannedDocument] => [
    NAMES[at] ?? "",
    // Only those before it block an issue: cycles have tests of their own.
    {
      front: `blocked_by: [${blockers.filter((each) => each < (NAMES[at] ?? "")).join(", ")}]`,
      body: `${text}\n\n${scope(...globs)}`,
    },
  ]),
);
const FILES = { "src/a.py": "class RowReader: pass", "src/b.py": "", "docs/x.md": "" };

function made(documents: readonly (readonly [string, PlannedDocument])[], parallel = 2): IssuePlan {
  const plan = tryPlan(documents, { files: FILES, parallel });
  if (!plan.ok) throw new Error("no plan");
  return plan.value;
}

test("levels go along all edges, each issue is in one choice, and no choice has a conflict or too many", () => {
  fc.assert(
    fc.property(backlog, fc.integer({ min: 1, max: 4 }), (documents, parallel) => {
      const plan = made(documents, parallel);
      const levelOf = new Map(plan.issues.map(({ issue, level }) => [issue, level]));
      for (const { before, after } of plan.edges) expect(levelOf.get(after)).toBeGreaterThan(levelOf.get(before) ?? 0);
      const all = plan.levels.flat();
      expect(all.flatMap(({ issues }) => ids(issues)).sort()).toEqual(
        ids(plan.issues.map(({ issue }) => issue)).sort(),
      );
      const choiceOf = new Map(all.flatMap((choice) => choice.issues.map((issue) => [issue, choice] as const)));
      for (const {
        issues: [a, b],
        isBinding,
      } of plan.conflicts)
        if (isBinding) expect(choiceOf.get(a)).not.toBe(choiceOf.get(b));
      for (const { issues } of all) expect(issues.length).toBeLessThanOrEqual(parallel);
      for (const {
        issues: [a, b],
        isBinding,
      } of plan.conflicts)
        if (isBinding) expect(levelOf.get(a)).not.toBe(levelOf.get(b));
      for (const choices of plan.levels)
        expect(choices.map(({ score }) => score)).toEqual(choices.map(({ score }) => score).sort((a, b) => b - a));
    }),
    { numRuns: 150 },
  );
});

test("what conflicts never runs at once in the loop: one comes before the other by what they wait for", () => {
  fc.assert(
    fc.property(backlog, (documents) => {
      const plan = made(documents);
      const before = new Map(plan.issues.map(({ issue, blockers, waitsFor }) => [issue, [...blockers, ...waitsFor]]));
      const behind = (start: (typeof plan.issues)[number]["issue"]): ReadonlySet<unknown> => {
        const seen = new Set(before.get(start));
        for (const each of seen) for (const next of before.get(each) ?? []) seen.add(next);
        return seen;
      };
      for (const {
        issues: [a, b],
        isBinding,
      } of plan.conflicts)
        if (isBinding) expect(behind(a).has(b) !== behind(b).has(a)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test("the plan does not depend on the order of the documents, and is what its schema says", () => {
  fc.assert(
    fc.property(backlog, fc.infiniteStream(fc.nat()), (documents, numbers) => {
      const shuffled = documents
        .map((document) => ({ document, by: numbers.next().value ?? 0 }))
        .sort((a, b) => a.by - b.by)
        .map(({ document }) => document);
      const json = issuePlanJson(made(documents));
      expect(issuePlanJson(made(shuffled))).toEqual(json);
      expect(issuePlanSchema.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    }),
    { numRuns: 60 },
  );
});
