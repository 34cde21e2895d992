import { fail, ok, type CommandAnswer, type Diagnostic, type JsonValue, type Result } from "@symbiotic-build/engine";
import { loopSettings } from "../issue-loop/loop-settings.ts";
import { loopStatus } from "../issue-status/issue-status.ts";
import { loopStatusText } from "../issue-status/status-text.ts";
import type { IssueAction } from "./issue-action.ts";

/** `issues status`: progress, cost and quality of a loop, of the journal of its run; the latest where none is named. */
export function statusIssues({
  parsed,
  io,
  setting,
}: IssueAction): Promise<Result<CommandAnswer, readonly Diagnostic[]>> {
  const kept = io.kept(parsed.positionals[1] ?? "latest");
  if (!kept.ok) return Promise.resolve(fail([kept.error]));
  const status = loopStatus(kept.value, loopSettings(setting, { branch: io.branch, flags: parsed.flags }));
  // An interface is no JSON by its type; this one is by what it holds.
  const json = status as unknown as JsonValue;
  return Promise.resolve(ok({ passed: true, text: loopStatusText(status), json }));
}
