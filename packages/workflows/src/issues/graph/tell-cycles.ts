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
  const binding = edges.filter(({ before, after }) => !isDone(before) && !isDone(after));
  const running = cyclesOf(issues, binding);
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

/** Each issue with the ones that it waits for: so cycles are told in the direction in which documents say `blocked_by`. */
function cyclesOf(issues: readonly Issue[], edges: readonly Edge[]): Issue[][] {
  const byAfter = Map.groupBy(edges, ({ after }) => after);
  const waitsFor = new Map([...byAfter].map(([after, all]) => [after, all.map(({ before }) => before)]));
  return findCycles(issues, waitsFor);
}

function asWarning(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, severity: "warning" };
}

type EdgesByAfter = ReadonlyMap<Issue, readonly Edge[]>;

const NUMBERS = ["", "", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

function tellCycle(cycle: readonly Issue[], edges: EdgesByAfter): Diagnostic {
  const steps = cycle.map((after, index) => stepOf(after, cycle[(index + 1) % cycle.length] ?? after, edges));
  const fields = [...new Set(steps.map(({ field }) => field))];
  const lines = steps.map((statement, index) => lineOf(statement, cycle[index], cycle[(index + 1) % cycle.length]));
  const [first] = steps;
  const number = NUMBERS[cycle.length] ?? String(cycle.length);
  return found(
    "cycle",
    `${fields.join(" and ")} ${fields.length > 1 ? "make" : "makes"} a cycle of ${String(cycle.length)} issues`,
    {
      ...(first === undefined ? {} : { location: locationIn(first.by.path, first.at) }),
      notes: columns(lines),
      hint: `remove one of the ${number} lines`,
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
