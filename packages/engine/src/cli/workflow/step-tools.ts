import type { AuditRun } from "../../guard/audit/audit-run.ts";
import type { ProcessGroups } from "../../execute/process-groups.ts";
import type { Redactor } from "../../redact/redact.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import type { Purse } from "../agent/purse.ts";
import type { Trees } from "./trees.ts";

/** What steps of a workflow are done with. `opened` is the user's own tree: its configuration judges in all others. */
export interface StepTools extends CallTools {
  readonly trees: Trees;
  readonly audit: AuditRun;
  readonly purse: Purse;
  readonly groups: ProcessGroups;
  readonly redactor: Redactor;
  /** The id of the run. */
  readonly run: string;
  /** Absolute: what was accepted of an agent and is not committed yet, whatever run goes on with it. */
  readonly accepted: string;
  readonly unsandboxed: boolean;
}
