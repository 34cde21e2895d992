import { ok, type CommandAnswer, type Diagnostic, type JsonValue, type Result } from "@symbiotic-build/engine";
import { endedIssues, escalation, needsPerson, type EndedIssue } from "../issue-loop/escalation.ts";
import { loopSettings, type LoopSettings } from "../issue-loop/loop-settings.ts";
import type { PlannedLoop } from "../issue-loop/plan-loop.ts";
import { issueJson } from "../issue-loop/issue-json.ts";
import { oneLine } from "../issue-loop/one-line.ts";
import { loopStatus } from "../issue-status/issue-status.ts";
import { statusTable } from "../issue-status/status-text.ts";
import type { IssueAction } from "./issue-action.ts";
import { parallelOf, plannedBy } from "./plan-issues.ts";
import { publishings, publishLines } from "./publish-lines.ts";
import { told } from "./told.ts";

type Answer = Result<CommandAnswer, readonly Diagnostic[]>;

/** `issues run`: the loop over the issues that still run. */
export async function runIssues(action: IssueAction): Promise<Answer> {
  const { parsed, io, setting } = action;
  const planned = plannedBy(action, io.resumed);
  if (!planned.ok) return planned;
  const settings = loopSettings(setting, { branch: io.branch, flags: parsed.flags });
  const { workflow, issues } = planned.value;
  if (issues.length === 0) return ok({ passed: true, text: nothing(planned.value), json: { issues: [] } });
  if (parsed.flags.has("dry-run")) return dryRun(action, planned.value, settings);
  const ran = await io.run(workflow, {
    ...{ parallel: parallelOf(action), skipInstalls: parsed.flags.has("skip-installs") },
    ...(setting.installs === undefined ? {} : { installs: setting.installs }),
    reports: (ends) => {
      const ended = endedIssues(issues, (id) => ends.get(id), settings);
      const page = escalation(ended, (id) => ends.get(id));
      return page === "" ? {} : { "escalation.md": page };
    },
  });
  if (!ran.ok) return ran;
  const { passed, ends, folder } = ran.value;
  const ended = endedIssues(issues, (id) => ends.get(id), settings);
  return ok({
    passed,
    text: summaryOf(ended, planned.value, { folder, table: tableOf(action, folder, settings) }),
    json: { run: folder, issues: ended.map((each) => issueJson(each, { ends: (id) => ends.get(id), settings })) },
  });
}

/** All that would be done, and what keeps it from being published; changes nothing. */
async function dryRun({ io }: IssueAction, planned: PlannedLoop, settings: LoopSettings): Promise<Answer> {
  const plan = io.plan(planned.workflow);
  if (!plan.ok) return plan;
  const missing = await io.unready(planned.workflow);
  const published = publishings(planned.issues, settings);
  const lines = [...keptLines(planned), ...waitLines(planned), ...heldLines(planned)];
  const shown = [
    ...publishLines(published, settings),
    ...missing.map((each) => told({ ...each, severity: "warning" })),
  ];
  // Interfaces are no JSON by their types; these are by what they hold.
  const json = { steps: plan.value.json, published, missing } as unknown as JsonValue;
  return ok({ passed: true, text: [plan.value.text, ...lines, "", ...shown].join("\n"), json });
}

/** What passed in the run that is gone on with: its steps are shown, and not done again. */
function keptLines({ plan }: PlannedLoop): readonly string[] {
  return plan.finished.map(({ issue, why }) => `  ${issue.id.value}  kept: ${oneLine(why)}`);
}

function waitLines({ plan }: PlannedLoop): readonly string[] {
  return plan.issues
    .filter(({ waitsFor }) => waitsFor.length > 0)
    .map(({ issue, waitsFor }) => `  ${issue.id.value}  waits for ${waitsFor.map(({ id }) => id.value).join(", ")}`);
}

/** What each issue cost and came to, of the run's journal; nothing where that cannot be read. */
function tableOf({ io }: IssueAction, folder: string, settings: LoopSettings): readonly string[] {
  const kept = io.kept(folder.slice(folder.lastIndexOf("/") + 1));
  return kept.ok ? statusTable(loopStatus(kept.value, settings).issues) : [];
}

function summaryOf(
  ended: readonly EndedIssue[],
  planned: PlannedLoop,
  { folder, table }: { readonly folder: string; readonly table: readonly string[] },
): string {
  const width = Math.max(...ended.map((each) => each.planned.issue.id.value.length));
  const lines = ended.map(
    ({ planned: { issue }, outcome }) =>
      `  ${issue.id.value.padEnd(width)}  ${outcome.state.padEnd(8)}  ${oneLine(outcome.why)}`,
  );
  const needs = ended.some(({ outcome }) => needsPerson(outcome));
  const page = needs ? ["", `what needs a person: ${folder}/escalation.md`] : [];
  return ["", ...(table.length > 0 ? table : lines), ...heldLines(planned), ...page].join("\n");
}

function heldLines({ held }: PlannedLoop): readonly string[] {
  return held.map(({ issue, why }) => `  ${issue.id.value}  held: ${why}`);
}

function nothing(planned: PlannedLoop): string {
  return ["no issue is to be done", ...heldLines(planned)].join("\n");
}
