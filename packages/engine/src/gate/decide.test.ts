import { fail, ok } from "../core/result.ts";
import { expect, test } from "vitest";
import { samplePlugin, sampleProject, sampleTask } from "../../test/support/sample-tasks.ts";
import type { Settled } from "../plugin/atom.ts";
import type { GateSetting } from "../config/schema.ts";
import type { Gate } from "../plugin/contract.ts";
import type { GateComparison } from "./comparison.ts";
import { decideGates, gatesPass, type SettledTask } from "./decide.ts";

const gate: Gate = {
  title: "lint clean",
  describe: "nothing is found",
  reads: ["lint"],
  required: () => true,
  decide: ({ tasks, threshold }) => {
    const count = tasks.reduce((sum, { evidence }) => sum + (evidence?.findings?.length ?? 0), 0);
    return {
      verdict: count <= (threshold ?? 0) ? "pass" : "fail",
      measured: String(count),
      wanted: String(threshold ?? 0),
      numbers: { count },
    };
  },
  total: (decisions) => ({
    measured: String(decisions.reduce((sum, { numbers }) => sum + (numbers?.["count"] ?? 0), 0)),
    wanted: "0",
  }),
};

test("each project is decided by itself; the worst verdict is the gate's, the numbers add up", () => {
  const [decided] = decide(gate, [settled("api", 2), settled("core", 0)]);
  expect(decided).toMatchObject({
    verdict: "fail",
    measured: "2",
    required: true,
    projects: [
      { project: "api", verdict: "fail", measured: "2" },
      { project: "core", verdict: "pass", measured: "0" },
    ],
  });
});

test("a gate that reads nothing that was selected is not shown", () => {
  expect(decide({ ...gate, reads: ["coverage"] }, [settled("api", 0)])).toEqual([]);
});

test("a selected task without evidence holds, with the reason, and never passes", () => {
  const [decided] = decide(gate, [
    settled("api", 0),
    { ...settled("core", 0), settled: without("core", "skipped", "not installed (ruff)") },
  ]);
  expect(decided).toMatchObject({ verdict: "hold", note: "not installed (ruff)", measured: "0" });
  expect(decided === undefined || gatesPass([decided])).toBe(false);
});

test("a gate that is advisory decides nothing, and its failures do not hide that required ones pass", () => {
  const perProject = {
    ...gate,
    required: ({ project }: { readonly project: { readonly name: string } }) => project.name === "core",
  };
  const [decided] = decide(perProject, [settled("api", 3), settled("core", 0)]);
  expect(decided).toMatchObject({ verdict: "pass", required: true, measured: "3" });
  const [advisory] = decide({ ...gate, required: () => false }, [settled("api", 3)]);
  expect(advisory).toMatchObject({ verdict: "fail", required: false });
  expect(advisory !== undefined && gatesPass([advisory])).toBe(true);
});

test("evidence of a tool that stands in for the project's own binds nobody, unless the configuration says so", () => {
  const standIn = settled("api", 3);
  const advisory = { ...standIn, settled: { ...standIn.settled, advisory: true } };
  expect(decide(gate, [advisory])).toMatchObject([{ verdict: "fail", required: false }]);
  expect(decide(gate, [advisory], { required: true })).toMatchObject([{ verdict: "fail", required: true }]);
});

test("the configuration says what is wanted and whether it is required", () => {
  expect(decide(gate, [settled("api", 3)], { threshold: 3 })[0]).toMatchObject({ verdict: "pass" });
  expect(decide(gate, [settled("api", 3)], { required: false })[0]).toMatchObject({ verdict: "fail", required: false });
  expect(decide({ ...gate, required: () => false }, [settled("api", 3)], { required: true })[0]).toMatchObject({
    verdict: "fail",
    required: true,
  });
});

test.each<[string, Partial<Gate>, string]>([
  [
    "throws",
    {
      decide: () => {
        throw new Error("no idea");
      },
    },
    "the gate lint clean threw: no idea",
  ],
  ["gives nothing", { decide: () => undefined as never }, "the gate lint clean threw: it gave no verdict"],
  [
    "throws when it is asked whether it is required",
    {
      required: () => {
        throw new Error("who knows");
      },
    },
    "the gate lint clean threw: who knows",
  ],
])("a gate that %s holds and is required", (_title, more, note) => {
  expect(decide({ ...gate, ...more }, [settled("api", 0)])).toMatchObject([{ verdict: "hold", required: true, note }]);
});

test("a gate that cannot add up shows its first project's number", () => {
  expect(
    decide(
      {
        ...gate,
        total: () => {
          throw new Error("one and one");
        },
      },
      [settled("api", 2), settled("core", 5)],
    ),
  ).toMatchObject([{ verdict: "fail", measured: "2" }]);
});

test("what the configuration says of a project wins over what it says of all", () => {
  const setting = { threshold: 0, projects: { api: { threshold: 3 }, core: { required: false } } };
  const [decided] = decide(gate, [settled("api", 3), settled("core", 1)], setting);
  expect(decided?.projects).toMatchObject([
    { project: "api", verdict: "pass", required: true },
    { project: "core", verdict: "fail", required: false },
  ]);
  expect(decided).toMatchObject({ verdict: "pass", required: true });
});

test("a gate about a change is asked only where there is one", () => {
  const ofChange: Gate = {
    ...gate,
    ofChange: true,
    decide: ({ change }) => ({ ...PASSED, measured: change?.base ?? "" }),
  };
  expect(decide(ofChange, [settled("api", 0)])).toEqual([]);
  const comparison = { change: { base: "main", commit: "c", files: [] }, before: () => [] };
  expect(decide(ofChange, [settled("api", 0)], {}, comparison)[0]?.projects).toMatchObject([{ measured: "main" }]);
});

test("a gate that compares is given how its atoms ended at the base, in the same project", () => {
  const comparing: Gate = {
    ...gate,
    before: ["lint"],
    decide: ({ before }) => ({
      ...PASSED,
      measured: before.map(({ project, atom }) => `${project}:${atom}`).join(" "),
    }),
  };
  const comparison: GateComparison = {
    change: { base: "main", commit: "c", files: [] },
    before: (project, atoms) => atoms.map((atom) => ({ project, atom, status: "ok", advisory: false })),
  };
  expect(decide(comparing, [settled("api", 0)], {}, comparison)[0]?.projects).toMatchObject([{ measured: "api:lint" }]);
});

test("a gate that compares is not asked where nothing can be run at the base", () => {
  const comparing: Gate = { ...gate, before: ["lint"] };
  expect(decide(comparing, [settled("api", 0)], {}, { change: { base: "main", commit: "c", files: [] } })).toEqual([]);
});

test("where the base judges, what a plugin knew there counts and not what it knows now", () => {
  const byFacts: Gate = { ...gate, required: ({ facts }) => facts === "configured" };
  const comparison: GateComparison = {
    change: { base: "main", commit: "c", files: [] },
    before: () => [],
    contextAtBase: () => ok({ options: null, facts: "configured", project: sampleProject("api"), upstream: [] }),
  };
  expect(decide(byFacts, [settled("api", 1)], {}, comparison)).toMatchObject([{ verdict: "fail", required: true }]);
});

test("where what the base knew cannot be read, a gate holds and counts", () => {
  const comparison: GateComparison = {
    change: { base: "main", commit: "c", files: [] },
    contextAtBase: () => fail({ severity: "error", code: "SYM1", message: "no TOML" }),
  };
  expect(decide({ ...gate, required: () => false }, [settled("api", 0)], {}, comparison)).toMatchObject([
    { verdict: "hold", required: true, note: "what the base knew of api cannot be read: no TOML" },
  ]);
});

const PASSED = { verdict: "pass", wanted: "" } as const;

function decide(
  decider: Gate,
  tasks: readonly SettledTask[],
  setting: GateSetting = {},
  comparison?: GateComparison,
): ReturnType<typeof decideGates> {
  return decideGates([{ id: "lint_clean", gate: decider, plugin: samplePlugin("sample") }], tasks, {
    settings: { lint_clean: setting },
    ...(comparison === undefined ? {} : { comparison }),
  });
}

function settled(project: string, findings: number): SettledTask {
  const finding = { tool: "t", rule: "R", level: "error", message: "m", file: "a.py" } as const;
  return {
    task: sampleTask(`${project}:lint`, [], {
      project: sampleProject(project),
      context: { options: null, facts: null, project: sampleProject(project), upstream: [] },
    }),
    settled: {
      project,
      atom: "lint",
      status: "ok",
      advisory: false,
      evidence: { tool: "t", findings: Array.from({ length: findings }, () => finding) },
    },
  };
}

function without(project: string, status: Settled["status"], reason: string): Settled {
  return { project, atom: "lint", status, reason, advisory: false };
}
