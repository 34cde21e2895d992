import type { JsonValue } from "../../core/json.ts";
import type { Lane } from "../../core/lane.ts";
import { formatLocation } from "../../report/diagnostic.ts";
import { findingPlace } from "../../report/findings.ts";
import { count } from "../../report/numbers.ts";
import { oneLine } from "../../report/sanitise.ts";
import { table } from "../table.ts";
import type { LaneOfRun, TriagedRun } from "./lanes-of-run.ts";

/** What mends what a tool cannot mend by itself. */
const NEXT: Readonly<Record<Lane, string>> = {
  lint: "the rest takes a person, or `symbiotic fix --agent auto`",
  format: "the rest takes a person, or `symbiotic fix --agent auto`",
  type: "takes a person, or `symbiotic fix --agent auto`",
  behaviour: "takes a person, or `symbiotic fix --agent auto`",
  security: "takes a decision: mend it, or write down why it stays",
  other: "takes a person",
};

const SHOWN = 5;

/** Who mends what, for people. */
export function triageText({ lanes, broken }: TriagedRun, run: string): string {
  if (lanes.length === 0 && broken.length === 0) return `${run}: nothing to mend`;
  const blocks = lanes.map((lane) => [...headOf(lane), ...itemsOf(lane)].join("\n"));
  const lost = broken.map(({ id, finished }) => `  ${id}  ${oneLine(finished?.reason ?? finished?.summary ?? "")}`);
  const ends =
    lost.length === 0
      ? []
      : [
          [`broken     ${count(broken.length, "task")}`, "  the tool or the machine needs mending first", ...lost].join(
            "\n",
          ),
        ];
  const fixable = lanes.reduce((sum, lane) => sum + lane.fixable, 0);
  const last =
    fixable === 0 ? "nothing here is mended by a tool" : `\`symbiotic fix\` mends ${count(fixable, "finding")}`;
  return [...blocks, ...ends, `${run} · ${last}`].join("\n\n");
}

/** The same facts for programs. */
export function triageJson({ lanes, broken }: TriagedRun, run: string): JsonValue {
  return {
    run,
    lanes: lanes.map((lane) => ({
      lane: lane.lane,
      findings: lane.findings.map(({ task, reported: { finding, fingerprint } }) => ({
        ...{ task, fingerprint, tool: finding.tool, rule: finding.rule, file: finding.file },
        ...{
          line: finding.range?.start.line ?? null,
          message: finding.message,
          fix: finding.fix?.applicability ?? null,
        },
      })),
      tests: lane.tests.map(({ task, test }) => ({
        task,
        id: test.id,
        outcome: test.outcome,
        repro: test.repro ?? null,
      })),
      tasks: lane.tasks.map(({ id }) => id),
      fixable: lane.fixable,
      next: nextOf(lane),
    })),
    broken: broken.map(({ id, finished }) => ({ task: id, reason: finished?.reason ?? null })),
  };
}

function nextOf({ lane, fixable, findings, tests, tasks }: LaneOfRun): string {
  const rest = findings.length + tests.length + tasks.length - fixable;
  const own = fixable === 0 ? [] : [`\`symbiotic fix\` mends ${String(fixable)}`];
  const others = fixable === 0 ? NEXT[lane].replace(/^the rest /, "") : NEXT[lane];
  return [...own, ...(rest === 0 ? [] : [others])].join("; ");
}

function headOf(lane: LaneOfRun): readonly string[] {
  const { findings, tests, tasks } = lane;
  const amounts = [
    ...(findings.length === 0 ? [] : [count(findings.length, "finding")]),
    ...(tests.length === 0 ? [] : [count(tests.length, "failed test")]),
    ...(tasks.length === 0 ? [] : [count(tasks.length, "failed task")]),
  ];
  return [`${lane.lane.padEnd(9)}  ${amounts.join(", ")}`, `  ${nextOf(lane)}`];
}

function itemsOf({ findings, tests, tasks }: LaneOfRun): readonly string[] {
  const rows = [
    ...findings.map(({ reported: { finding } }) => [
      formatLocation(findingPlace(finding)),
      oneLine(finding.rule),
      oneLine(finding.message),
    ]),
    ...tests.map(({ test }) => [oneLine(test.id), test.outcome, oneLine(test.message ?? "")]),
    ...tasks.map(({ id, finished }) => [id, "failed", oneLine(finished?.reason ?? "")]),
  ];
  const more = rows.length > SHOWN ? [`  … and ${String(rows.length - SHOWN)} more`] : [];
  return [
    ...table(rows.slice(0, SHOWN))
      .split("\n")
      .map((line) => `  ${line}`),
    ...more,
  ];
}
