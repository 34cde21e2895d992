import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import type { CliOutput } from "../command.ts";
import { auditPlace } from "../../edit/edit-audit.ts";
import { openAuditRun } from "../../guard/audit/audit-run.ts";
import { editJson, editText } from "./agent-output.ts";
import { askAgent, isWell, type CallTools } from "./ask-agent.ts";
import type { Asked } from "./asked.ts";
import { branchProblem, commitOnBranch } from "./commit-on-branch.ts";
import { callId, callRedactor } from "./edit-request.ts";

/** Asks an agent for a command whose output is what came of it. */
export async function askAndTell(asked: Asked, tools: CallTools): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const { opened, parsed, context } = tools;
  const { branch } = asked;
  const unmakable = branch === undefined || asked.isDry ? undefined : branchProblem(opened.repository, branch);
  if (unmakable !== undefined) return fail([unmakable]);
  const isJson = parsed.flags.has("json");
  const say = (stream: "stdout" | "stderr") => (line: string) => {
    if (!isJson) context.write(stream, `${line}\n`);
  };
  const audit = openAuditRun(auditPlace(opened.repository), callRedactor(context), callId(new Date()));
  const edited = await askAgent(asked, { ...tools, audit }, { head: say("stdout"), line: say("stderr") });
  const isKept = edited.ok && branch !== undefined && edited.value.result.isApplied;
  const commit = isKept ? await commitOnBranch(branch, { asked, edited: edited.value }, tools) : undefined;
  if (commit?.ok === true) await audit.append("committed", { branch: branch ?? "", commit: commit.value });
  const closed = await audit.close();
  if (!edited.ok) return edited;
  // The change is where it is: what could not be written down is told.
  const uncommitted = commit?.ok === false ? commit.error[0] : undefined;
  const { problem = uncommitted ?? (closed.ok ? undefined : closed.error) } = edited.value.result;
  const told = { ...edited.value, result: { ...edited.value.result, ...(problem === undefined ? {} : { problem }) } };
  const exitCode = isWell(told.result) ? EXIT.passed : EXIT.failed;
  const head = closed.ok && closed.value !== undefined ? { auditHead: closed.value.head } : {};
  const id = commit?.ok === true ? commit.value : undefined;
  const kept = id === undefined ? {} : { branch: branch ?? "", commit: id };
  const line = id === undefined ? [] : [`  committed ${id.slice(0, 8)} on ${branch ?? ""}`];
  return ok({
    exitCode,
    text: [editText(told), ...line].join("\n"),
    json: { ...editJson(told), ...head, ...kept },
  });
}
