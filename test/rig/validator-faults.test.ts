import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FaultyTools, WELL, type Fault, type ToldRun } from "../support/faulty-tools.ts";
import { gone } from "../support/processes.ts";

// Every validator with a tool that breaks: the same faults for all, from the tool's start to what the run tells. The runs follow
// each other in one repository in which only the tool changes, and that is in no key: a result that one of them kept would be
// served to the next.

/** The codes of the faults of which a tool's own report says what is wrong; of all others the engine tells. */
interface Codes {
  readonly crash?: string;
  readonly exit?: string;
  readonly cut?: string;
  readonly other?: string;
}

const STOPPED = "SYM4461";
const UNKNOWN = "SYM4462";

const VALIDATORS: Readonly<Record<string, Codes>> = {
  bandit: {},
  // It announces how many files it names at the end: without that it is a black that stopped.
  black: { cut: STOPPED, other: STOPPED },
  dbt: {},
  eslint: {},
  gitleaks: {},
  "great-expectations": {},
  hyperfine: {},
  hypothesis: {},
  mypy: {},
  "pip-audit": {},
  "pip-licenses": {},
  "pre-commit": {},
  prettier: {},
  pytest: { crash: "SYM4704", exit: "SYM4702", cut: "SYM4704", other: "SYM4704" },
  ruff: { crash: "SYM4451", exit: "SYM4451", cut: "SYM4452", other: "SYM4452" },
  // A shell hands semgrep its rules, and tells of a signal by its own exit code.
  semgrep: {},
};

const NAMES = Object.keys(VALIDATORS);
/** What asks a service, a warehouse or a clock is never kept. */
const NEVER_KEPT = ["dbt", "great-expectations", "hyperfine", "pip-audit", "pre-commit"];
const FAULTS = ["signal", "exit", "crash", "cut", "other", "hang", "flood"] as const;
/** Far less than the 500 MB that each tool writes: what is read at most is 128 MiB, of two tools at once. */
const MOST_MIB = 700;

const runs = new Map<Fault, ToldRun>();
let repository: FaultyTools;
let [first, again]: (ToldRun | undefined)[] = [];

beforeAll(async () => {
  repository = new FaultyTools(NAMES);
  for (const fault of FAULTS) runs.set(fault, await repository.run(fault));
  first = await repository.run("none");
  again = await repository.run("none");
}, 300_000);

afterAll(() => {
  repository[Symbol.dispose]();
});

function codeOf(name: string, fault: (typeof FAULTS)[number]): string {
  if (fault === "signal") return name === "semgrep" ? STOPPED : "SYM4003";
  if (fault === "hang") return "SYM4005";
  if (fault === "flood") return "SYM4004";
  return VALIDATORS[name]?.[fault] ?? (fault === "cut" || fault === "other" ? UNKNOWN : STOPPED);
}

describe.each(FAULTS)("a tool that does this: %s", (fault) => {
  test.each(NAMES)("%s is broken, with a code, the tool's name and what to do", (name) => {
    const task = runs.get(fault)?.tasks.get(name);
    expect(task).toMatchObject({ status: "broken", cache: "miss" });
    expect(task?.diagnostics.map(({ code }) => code)).toEqual([codeOf(name, fault)]);
    const [{ message, hint } = { message: "", hint: null }] = task?.diagnostics ?? [];
    expect(message.replaceAll("_", "-")).toContain(name === "hypothesis" ? "" : name);
    expect(message).not.toMatch(/\{\w+\}/);
    expect(hint).toMatch(/\w+ \w+/);
  });

  test("the tasks beside it are told, and kept", () => {
    const run = runs.get(fault);
    expect(run?.exitCode).toBe(1);
    expect(run?.tasks.size).toBe(NAMES.length + 1);
    // The first fault of all has nothing that was kept before it.
    expect(run?.tasks.get(WELL)).toMatchObject({ status: "ok", cache: fault === FAULTS[0] ? "miss" : "hit" });
  });

  test("its gates hold, and none passes", () => {
    const verdicts = new Set(runs.get(fault)?.gates.map(({ verdict }) => verdict));
    expect([...verdicts]).toEqual(["hold"]);
  });
});

test.each(["exit", "crash"] as const)("what the tool said last is told: %s", (fault) => {
  const reason = fault === "exit" ? "the disk of this tool is full" : "No module named 'half_of_it'";
  const told = NAMES.filter((name) => runs.get(fault)?.tasks.get(name)?.diagnostics[0]?.message.includes(reason));
  // To pytest 3 is an error in itself, of which it has a form of its own.
  expect(told).toEqual(NAMES.filter((name) => fault !== "exit" || name !== "pytest"));
});

test("a tool that hangs is ended with all that it started", async () => {
  const pids = runs.get("hang")?.pids ?? [];
  expect(pids).toHaveLength(2 * NAMES.length);
  await gone(pids);
});

test("what a tool writes without end is not held", () => {
  expect(runs.get("flood")?.peakMiB).toBeLessThan(MOST_MIB);
});

test("no fault was kept: the same tools that are well again run, and then their results are", () => {
  const caches = (run: ToldRun | undefined): object =>
    Object.fromEntries([...(run?.tasks ?? [])].map(([name, { status, cache }]) => [name, `${status} ${cache}`]));
  expect(caches(first)).toEqual({ ...Object.fromEntries(NAMES.map((name) => [name, "ok miss"])), [WELL]: "ok hit" });
  expect(caches(again)).toEqual(
    Object.fromEntries([...NAMES, WELL].map((name) => [name, NEVER_KEPT.includes(name) ? "ok miss" : "ok hit"])),
  );
});
