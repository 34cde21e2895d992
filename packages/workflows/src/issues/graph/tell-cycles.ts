import type { Diagnostic } from "@symbiotic-build/engine";
import { found } from "../checks.ts";
import type { Issue } from "../issue.ts";
import { locationIn, placeText } from "../text/place.ts";
import type { Edge, Statement } from "./edge.ts";
import { findCycles } from "./find-cycles.ts";
import { namesBefore } from "./edges-of.ts";
import { isDone } from "./is-done.ts";

/** Tells of each cycle with every line that makes it. One that a finished issue breaks is a warning: it holds nothing up. */
export function tellCycles(issues: readonly Issue[], edges: readonly Edge[]): Diagnostic[] {
  const running = runningCycles(issues, edges);
  const told = new Set(running.flat());
  const broken = cyclesOf(issues, edges).filter(
    (cycle) => !cycle.every((issue) => told.has(issue)) && cycle.some(isDone),
  );
  const byAfter = Map.groupBy(edges, ({ after }) => after);
  return [
    ...running.map((cycle) => tellCycle(cycle, byAfter)),
    ...broken.map((cycle) => asWarning(tellCycle(cycle, byAfter))),
  ];
}

/** The cycles that hold issues up. */
export function runningCycles(issues: readonly Issue[], edges: readonly Edge[]): Issue[][] {
  return cyclesOf(
    issues,
    edges.filter(({ before, after }) => !isDone(before) && !isDone(after)),
  );
}

/** Each issue with the ones that it waits for: so cycles are told in the direction in which documents say `blocked_by`. */
function cyclesOf(issues: readonly Issue[], edges: readonly Edge[]): Issue[][] {
  const byAfter = Map.groupBy(edges, ({ after }) => after);
  const waitsFor = new Map([...byAfter].map(([after, all]) => [after, all.map(({ before }) => before)]));
  return findCycles(issues, waitsFor);
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "warning" };
}

/** What comes before each issue. */
export type EdgesByAfter = ReadonlyMap<Issue, readonly Edge[]>;

const NUMBERS = ["", "", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** A cycle, a line an edge, each with its place: `M3-04  blocked by M3-07  docs/…/M3-04.md:9:14`. */
export function cycleLines(cycle: readonly Issue[], edges: EdgesByAfter): readonly string[] {
  return columns(
    stepsOf(cycle, edges).map((statement, index) => lineOf(statement, cycle[index], cycle[(index + 1) % cycle.length])),
  );
}

function stepsOf(cycle: readonly Issue[], edges: EdgesByAfter): readonly Statement[] {
  return cycle.map((after, index) => stepOf(after, cycle[(index + 1) % cycle.length] ?? after, edges));
}

function tellCycle(cycle: readonly Issue[], edges: EdgesByAfter): Diagnostic {
  const steps = stepsOf(cycle, edges);
  const fields = [...new Set(steps.map(({ field }) => field))];
  const [first] = steps;
  const number = NUMBERS[cycle.length] ?? String(cycle.length);
  return found(
    "cycle",
    `${fields.join(" and ")} ${fields.length > 1 ? "make" : "makes"} a cycle of ${String(cycle.length)} issues`,
    {
      ...(first === undefined ? {} : { location: locationIn(first.by.path, first.at) }),
      notes: cycleLines(cycle, edges),
      hint: `remove one of the ${number} lines; \`symbiotic issues graph --cycle\` draws it`,
    },
  );
}

/** What says it best is what the waiting issue says itself. */
function stepOf(after: Issue, before: Issue, edges: EdgesByAfter): Statement {
  const said = edges.get(after)?.find((edge) => edge.before === before)?.said ?? [];
  const own = said.find(({ field }) => namesBefore(field)) ?? said[0];
  if (own === undefined) throw new Error("a cycle has a step that no document states");
  return own;
}

function lineOf(
  { by, field, at }: Statement,
  after: Issue | undefined,
  before: Issue | undefined,
): [string, string, string] {
  const [waiting, first] = [after?.id.value ?? "", before?.id.value ?? ""];
  const place = placeText(by.path, at);
  if (!namesBefore(field)) return [first, `blocks ${waiting}`, place];
  return [waiting, field === "depends_on" ? `depends on ${first}` : `blocked by ${first}`, place];
}

function columns(rows: readonly (readonly [string, string, string])[]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map(([a, b, c]) => `${a.padEnd(widths[0] ?? 0)}  ${b.padEnd(widths[1] ?? 0)}  ${c}`);
}
