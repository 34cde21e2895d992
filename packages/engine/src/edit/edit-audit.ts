import { hash } from "node:crypto";
import { dirname, join } from "node:path";
import type { JsonValue } from "../core/json.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Result } from "../core/result.ts";
import { AUDIT_FILE, type AuditPlace } from "../guard/audit/audit-place.ts";
import { policyDigest } from "../guard/policy/policy.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { EditRequest, EditResult } from "./edit.ts";

/** Where the audit log of a repository lies: beside its main work tree's files, one for all work trees. */
export function auditPlace({ root, gitDir, commonDir }: Pick<Repository, "root" | "gitDir" | "commonDir">): AuditPlace {
  const main = gitDir === commonDir ? root : dirname(commonDir);
  return { file: join(main, AUDIT_FILE), folder: join(main, ".symbiotic", "audit") };
}

/** Writes down that an agent is about to work, with all that bounds it. Where that cannot be written, no agent works. */
export function auditStart({ audit, ...request }: EditRequest): Promise<Result<number, Diagnostic>> {
  return audit.append("agent-started", startOf(request));
}

/** Writes down how it ended; gives the number of the entry. */
export function auditEnd({ audit, id }: EditRequest, result: EditResult): Promise<Result<number, Diagnostic>> {
  const { isApplied, violations } = result;
  const event = isApplied ? "change-applied" : violations.length > 0 ? "change-refused" : "nothing-applied";
  return audit.append(event, endOf(id, result));
}

/** Writes down that it came to no end. */
export async function auditFailure({ audit, id }: EditRequest, problem: string): Promise<void> {
  await audit.append("agent-failed", { call: id, problem });
}

function startOf(request: Omit<EditRequest, "audit">): JsonValue {
  const { name, id, agent, model, policy, base, task, unsandboxed, isDry, isInPlace = false, resume } = request;
  return {
    ...{ call: id, agent: name, version: agent.tool.version, base, dryRun: isDry, sandbox: !unsandboxed },
    ...{ role: policy.role, policy: policyDigest(policy), write: [...(policy.only ?? policy.write)] },
    ...{ budget: { ...policy.budget }, task: hash("sha256", task, "hex") },
    ...(isInPlace ? { inPlace: true } : {}),
    ...(model === undefined ? {} : { model }),
    ...(resume === undefined ? {} : { resumes: resume.session }),
  };
}

function endOf(id: string, result: EditResult): JsonValue {
  const { agent, changes, violations, problem, checked, inPlace } = result;
  return {
    ...{ call: id, end: agent.end },
    files: changes.map(({ path, kind }) => ({ path, kind })),
    violations: violations.map(({ code, path = null }) => ({ code, path })),
    ...(checked === undefined ? {} : { checks: { passed: checked.passed, round: checked.round, run: checked.run } }),
    ...(inPlace === undefined ? {} : { inPlace: true, putBack: inPlace.isPutBack, movedAway: inPlace.moved.length }),
    denied: agent.denied.map(({ tool }) => tool),
    ...{ usage: { ...agent.usage }, turns: agent.turns },
    ...(agent.cost === undefined ? {} : { usd: agent.cost.usd, isEstimate: agent.cost.estimate === true }),
    ...(agent.session === undefined ? {} : { session: agent.session }),
    ...(agent.resetsAt === undefined ? {} : { parkedUntil: agent.resetsAt }),
    ...(problem === undefined ? {} : { problem: problem.code }),
  };
}
