import { fail, ok, type CommandAnswer, type Diagnostic, type Result } from "@symbiotic-build/engine";
import { endedIssues, escalation, needsPerson, type EndedIssue } from "../issue-loop/escalation.ts";
import { loopSettings } from "../issue-loop/loop-settings.ts";
import { planLoop, type PlannedLoop } from "../issue-loop/plan-loop.ts";
import { oneLine } from "../issue-loop/one-line.ts";
import { issueJson } from "../issue-loop/issue-json.ts";
import { filterOf, type IssueAction } from "./issue-action.ts";

type Answer = Result<CommandAnswer, readonly Diagnostic[]>;

/** How many steps at once where nobody says. */
const PARALLEL = 2;

/** `issues run`: the loop over the issues that still run. */
export async function runIssues({ parsed, io, setting, documents }: IssueAction): Promise<Answer> {
  const errors = documents.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return fail(errors);
  const settings = loopSettings(setting, { branch: io.branch, flags: parsed.flags });
  const planned = planLoop({
    ...{ graph: documents.graph, filter: filterOf(parsed), settings },
    textOf: (issue) => documents.texts.get(issue) ?? "",
  });
  if (!planned.ok) return planned;
  const { workflow, issues } = planned.value;
  if (issues.length === 0) return ok({ passed: true, text: nothing(planned.value), json: { issues: [] } });
  if (parsed.flags.has("dry-run")) {
    const plan = io.plan(workflow);
    if (!plan.ok) return plan;
    return ok({ passed: true, text: [plan.value.text, ...heldLines(planned.value)].join("\n"), json: plan.value.json });
  }
  const parallel = Number(parsed.values.get("parallel") ?? setting.parallel ?? PARALLEL);
  const ran = await io.run(workflow, {
    ...{ parallel, skipInstalls: parsed.flags.has("skip-installs") },
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
    text: summaryOf(ended, planned.value, `${folder}/escalation.md`),
    json: { run: folder, issues: ended.map((each) => issueJson(each, { ends: (id) => ends.get(id), settings })) },
  });
}

function summaryOf(ended: readonly EndedIssue[], planned: PlannedLoop, page: string): string {
  const width = Math.max(...ended.map((each) => each.planned.issue.id.value.length));
  const lines = ended.map(
    ({ planned: { issue }, outcome }) =>
      `  ${issue.id.value.padEnd(width)}  ${outcome.state.padEnd(8)}  ${oneLine(outcome.why)}`,
  );
  const needs = ended.some(({ outcome }) => needsPerson(outcome));
  return ["", ...lines, ...heldLines(planned), ...(needs ? ["", `what needs a person: ${page}`] : [])].join("\n");
}

function heldLines({ held }: PlannedLoop): readonly string[] {
  return held.map(({ issue, why }) => `  ${issue.id.value}  held: ${why}`);
}

function nothing(planned: PlannedLoop): string {
  return ["no issue is to be done", ...heldLines(planned)].join("\n");
}
