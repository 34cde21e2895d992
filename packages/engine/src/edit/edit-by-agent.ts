import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { driveAgent } from "../agent/drive-agent.ts";
import type { AgentResult } from "../agent/drive.ts";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { applyChanges } from "../guard/apply/apply-changes.ts";
import { checkManifest } from "../guard/diff/check-manifest.ts";
import { judgeDiff } from "../guard/diff/judge-diff.ts";
import { findBubblewrap } from "../guard/sandbox/find-bubblewrap.ts";
import { makeScratch, type Scratch } from "../guard/scratch/scratch.ts";
import { changedFiles, type ChangedFile } from "./changed-files.ts";
import { auditEnd, auditOf, auditStart } from "./edit-audit.ts";
import { checkImports } from "./check-imports.ts";
import type { EditRequest, EditResult } from "./edit.ts";
import { MANIFEST, readManifest } from "./manifest.ts";
import { promptFor } from "./prompt.ts";
import { surroundings, type Surroundings } from "./surroundings.ts";

/**
 * Lets an agent work on a copy of the user's tree, judges what it changed there by the policy, and applies that to the user's tree
 * if all of it may be: scratch ─ agent ─ difference ─ policy ─ apply. Whatever happens before the last step, the user's tree is
 * what it was.
 */
export async function editByAgent(request: EditRequest): Promise<Result<EditResult, Diagnostic>> {
  const sandbox = sandboxFor(request);
  if (!sandbox.ok) return sandbox;
  const audit = auditOf(request.repository, request.redactor);
  const begun = await auditStart(audit, request);
  if (!begun.ok) return begun;
  const closed = (problem: string): Promise<unknown> => audit.closeRun(request.id, { problem });
  const edited = await editIn(request, sandbox.value).catch(async (thrown: unknown) => {
    await closed("SYM5073");
    throw thrown;
  });
  if (!edited.ok) await closed(edited.error.code);
  if (!edited.ok) return edited;
  const entry = await auditEnd(audit, request, edited.value);
  // The change is where it is: what could not be written down is told.
  return ok(entry.ok ? { ...edited.value, entry: entry.value } : { ...edited.value, problem: entry.error });
}

async function editIn(request: EditRequest, sandbox: string | undefined): Promise<Result<EditResult, Diagnostic>> {
  const { repository, base, place, host } = request;
  const scratch = makeScratch({ repository, base, place, environment: host.env });
  if (!scratch.ok) return scratch;
  try {
    const around = surroundings({ ...request, scratch: scratch.value, bubblewrap: sandbox });
    const imports = checkImports(scratch.value, around);
    if (!imports.ok) return imports;
    const agent = await driven(request, around);
    const changed = changesOf(scratch.value);
    if (!changed.ok) return fail(unreadable(changed.error, request.logFolder));
    return ok(await settled(request, { agent, scratch: scratch.value, changed: changed.value, sandbox }));
  } finally {
    scratch.value.remove();
  }
}

/** The program that holds the agent; undefined where the user wants it without one. */
function sandboxFor({ host, unsandboxed }: EditRequest): Result<string | undefined, Diagnostic> {
  if (unsandboxed) return ok(undefined);
  const found = findBubblewrap(host, ["--unshare-user", "--ro-bind", "/", "/"]);
  return "program" in found ? ok(found.program) : fail(noSandbox(found.why));
}

function driven(request: EditRequest, around: Surroundings): Promise<AgentResult> {
  const { agent, options, tool, node, policy, model, resume, task, unsandboxed } = request;
  const { cwd, folder, home, environment, wrap, outside } = around;
  const { groups, redactor, prices, retries, clock, on, signal, logFolder } = request;
  return driveAgent({
    ...{ agent, options, tool, node, home, environment, wrap, outside, groups, logFolder, redactor, on, signal },
    ...(prices === undefined ? {} : { prices }),
    ...(retries === undefined ? {} : { retries }),
    ...(clock === undefined ? {} : { clock }),
    ...(resume?.totals === undefined ? {} : { known: resume.totals }),
    request: {
      ...{ cwd, folder, prompt: promptFor(task, policy), reply: MANIFEST, network: policy.network },
      role: policy.only?.length === 0 ? "read" : "write",
      writable: policy.only ?? policy.write,
      commands: { allow: policy.commands.allow ?? ["*"], deny: policy.commands.deny },
      budget: policy.budget,
      ...(model === undefined ? {} : { model }),
      ...(resume === undefined ? {} : { resume: resume.session }),
      ...(unsandboxed ? {} : { isSandboxed: true as const }),
    },
  });
}

function changesOf(scratch: Scratch): Result<readonly ChangedFile[], Diagnostic> {
  const changes = scratch.changes();
  return changes.ok ? changedFiles(scratch.git, changes.value) : changes;
}

interface Ended {
  readonly agent: AgentResult;
  readonly scratch: Scratch;
  readonly changed: readonly ChangedFile[];
  readonly sandbox: string | undefined;
}

async function settled(request: EditRequest, { agent, scratch, changed, sandbox }: Ended): Promise<EditResult> {
  const changes = changed.map(({ change }) => change);
  const manifest = agent.reply === undefined ? undefined : readManifest(agent.reply);
  const violations = [
    ...judgeDiff(request.policy, changes, request.redactor),
    ...(manifest === undefined ? [] : checkManifest(manifest.changed_files, changes)),
  ];
  const patch = keepPatch(request, scratch, changed);
  const result = {
    ...{ agent, changes, violations, sandbox: sandbox === undefined ? ("none" as const) : ("bubblewrap" as const) },
    ...(manifest === undefined ? {} : { manifest }),
    ...(patch === undefined ? {} : { patch }),
  };
  const isWanted = agent.end === "done" && violations.length === 0 && !request.isDry && changed.length > 0;
  if (!isWanted) return { ...result, isApplied: false };
  const { repository, id, signal } = request;
  const applied = await applyChanges({
    root: repository.root,
    id,
    changes: changed.map((each) => each.applied),
    signal,
  });
  return applied.ok ? { ...result, isApplied: true } : { ...result, isApplied: false, problem: applied.error };
}

/** The difference as git tells it, redacted: for people, and for what could not be applied. */
function keepPatch(
  { logFolder, redactor }: EditRequest,
  { git, start }: Scratch,
  changed: readonly ChangedFile[],
): string | undefined {
  if (changed.length === 0) return undefined;
  const patch = git.run([
    "diff",
    "--cached",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--text",
    "--binary",
    start,
  ]);
  if (!patch.ok) return undefined;
  const file = join(logFolder, "change.patch");
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  writeFileSync(file, redactor.text(patch.value.toString("utf8")), { mode: 0o600 });
  return file;
}

function noSandbox(why: string): Diagnostic {
  return errorOf("SYM5070", `nothing would hold the agent: ${why}`, {
    hint: "install bubblewrap, or say `--unsandboxed`: then its commands can read and write whatever you can",
  });
}

function unreadable(why: Diagnostic, logFolder: string): Diagnostic {
  return errorOf("SYM5071", `what the agent left cannot be read: ${why.message}; nothing was applied`, {
    hint: `what it did is in ${logFolder}`,
  });
}
