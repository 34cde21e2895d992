import { hash } from "node:crypto";
import { dirname, join } from "node:path";
import type { JsonValue } from "../core/json.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { makeOwnFolder } from "../fingerprint/files/own-folder.ts";
import { openAudit, type AuditLog } from "../guard/audit/audit-log.ts";
import { AUDIT_FILE, type AuditPlace } from "../guard/audit/audit-place.ts";
import { policyDigest } from "../guard/policy/policy.ts";
import type { Redactor } from "../redact/redact.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { EditRequest, EditResult } from "./edit.ts";

/** Where the audit log of a repository lies: beside its main work tree's files, one for all work trees. */
export function auditPlace({ root, gitDir, commonDir }: Pick<Repository, "root" | "gitDir" | "commonDir">): AuditPlace {
  const main = gitDir === commonDir ? root : dirname(commonDir);
  return { file: join(main, AUDIT_FILE), folder: join(main, ".symbiotic", "audit") };
}

/** The audit log of a repository, open. Throws what the file system throws. */
export function auditOf(repository: Repository, redactor: Redactor): AuditLog {
  const place = auditPlace(repository);
  makeOwnFolder(dirname(place.file));
  return openAudit({ ...place, redactor, now: () => new Date().toISOString() });
}

/** Writes down that an agent is about to work, with all that bounds it. Where that cannot be written, no agent works. */
export async function auditStart(
  audit: AuditLog,
  { name, id, agent, model, policy, base, task, unsandboxed, isDry }: EditRequest,
): Promise<Result<void, Diagnostic>> {
  const written = await audit.append({
    event: "agent-started",
    run: id,
    data: {
      ...{ agent: name, version: agent.tool.version, base, dryRun: isDry, sandbox: !unsandboxed },
      ...{ role: policy.role, policy: policyDigest(policy), write: [...(policy.only ?? policy.write)] },
      ...{ budget: { ...policy.budget }, task: hash("sha256", task, "hex") },
      ...(model === undefined ? {} : { model }),
    },
  });
  return written.ok ? ok(undefined) : written;
}

/** Writes down how it ended, and closes the run: its number in the log, and the log's head. */
export async function auditEnd(
  audit: AuditLog,
  { id }: EditRequest,
  result: EditResult,
): Promise<Result<number, Diagnostic>> {
  const { agent, changes, violations, isApplied, problem, checked } = result;
  const written = await audit.append({
    event: isApplied ? "change-applied" : violations.length > 0 ? "change-refused" : "nothing-applied",
    run: id,
    data: {
      end: agent.end,
      files: changes.map(({ path, kind }) => ({ path, kind })),
      violations: violations.map(({ code, path = null }) => ({ code, path })),
      ...(checked === undefined ? {} : { checks: { passed: checked.passed, round: checked.round, run: checked.run } }),
      denied: agent.denied.map(({ tool }) => tool),
      ...{ usage: { ...agent.usage }, turns: agent.turns },
      ...(agent.cost === undefined ? {} : { usd: agent.cost.usd, isEstimate: agent.cost.estimate === true }),
      ...(agent.session === undefined ? {} : { session: agent.session }),
      ...(problem === undefined ? {} : { problem: problem.code }),
    } satisfies JsonValue,
  });
  if (!written.ok) return written;
  const closed = await audit.closeRun(id);
  return closed.ok ? ok(closed.value.seq) : closed;
}
