import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { applyChanges } from "../guard/apply/apply-changes.ts";
import { workInPlace } from "../guard/in-place/in-place.ts";
import { makeScratch, type Scratch } from "../guard/scratch/scratch.ts";
import type { ChangedFile } from "./changed-files.ts";
import { openAgentHome } from "./agent-home.ts";
import { askInterpreters } from "./ask-interpreters.ts";
import { auditEnd, auditFailure, auditStart } from "./edit-audit.ts";
import { checkImports } from "./check-imports.ts";
import type { EditRequest, EditResult } from "./edit.ts";
import { sandboxFor } from "./sandbox-for.ts";
import { surroundings } from "./surroundings.ts";
import { putBackAfter, settledInPlace } from "./settle-in-place.ts";
import { bringBack, keepSession, LOST } from "./unfinished-work.ts";
import { isGood, workInRounds, type Worked } from "./work-in-rounds.ts";

/**
 * Lets an agent work on a copy of the user's tree, judges what it changed there by the policy, has it checked, and applies it to the
 * user's tree if all of it may be: scratch ⟲ ( agent ─ difference ─ policy ─ checks ) ─ apply. Whatever happens before the last step, the
 * user's tree is what it was.
 */
export async function editByAgent(request: EditRequest): Promise<Result<EditResult, Diagnostic>> {
  const sandbox = sandboxFor(request);
  if (!sandbox.ok) return sandbox;
  const begun = await auditStart(request);
  if (!begun.ok) return begun;
  const edited = await editIn(request, sandbox.value).catch(async (thrown: unknown) => {
    await auditFailure(request, "SYM5073");
    throw thrown;
  });
  if (!edited.ok) await auditFailure(request, edited.error.code);
  if (!edited.ok) return edited;
  const entry = await auditEnd(request, edited.value);
  // The change is where it is: what could not be written down is told.
  return ok(entry.ok ? { ...edited.value, entry: entry.value } : { ...edited.value, problem: entry.error });
}

async function editIn(request: EditRequest, sandbox: string | undefined): Promise<Result<EditResult, Diagnostic>> {
  const { repository, base, place, host, id } = request;
  const tree = { repository, base, place, environment: host.env };
  const asked = request.isInPlace === true && request.checks !== undefined ? askInterpreters(request) : ok(undefined);
  if (!asked.ok) return asked;
  const scratch = request.isInPlace === true ? workInPlace({ ...tree, id, home: host.home }) : makeScratch(tree);
  if (!scratch.ok) return scratch;
  try {
    const edited = await editTree(request, sandbox, scratch.value);
    return edited.ok ? edited : fail(putBackAfter(edited.error, scratch.value));
  } finally {
    scratch.value.remove();
  }
}

async function editTree(
  request: EditRequest,
  sandbox: string | undefined,
  scratch: Scratch,
): Promise<Result<EditResult, Diagnostic>> {
  const { resume, place, repository } = request;
  const home = openAgentHome({
    ...{ place, name: request.name, root: repository.root, fresh: join(scratch.folder, "home") },
    ...(resume === undefined ? {} : { session: resume.session }),
    signIn: request.agent.signIn.files,
  });
  if (!home.ok) return home;
  const broughtBack = await bringBack(request, scratch, home.value);
  if (!broughtBack.ok) return broughtBack;
  const around = surroundings({
    ...{ ...request, scratch, bubblewrap: sandbox, home: home.value.folder },
    isReader: request.policy.only?.length === 0,
  });
  const imports = checkImports(scratch, around);
  if (!imports.ok) return imports;
  const { totals } = home.value;
  const known = resume === undefined || totals === undefined ? {} : { resume: { totals, ...resume } };
  const asked = {
    ...request,
    ...known,
    ...(broughtBack.value === false ? { task: `${LOST}\n\n${request.task}` } : {}),
  };
  const worked = await workInRounds(asked, { scratch, around, sandbox });
  if (!worked.ok) return worked;
  const result = await settled(request, { scratch, sandbox, worked: worked.value });
  keepSession(request, result, home.value);
  return ok({ ...result, ...(broughtBack.value === undefined ? {} : { broughtBack: broughtBack.value }) });
}

async function settled(request: EditRequest, { scratch, sandbox, worked }: Ended): Promise<EditResult> {
  const { agent, changed, violations } = worked;
  const patch = keepPatch(request, scratch, changed);
  const result = {
    ...{
      agent,
      violations,
      changes: changed.map(({ change }) => change),
      files: changed.map(({ applied }) => applied),
    },
    sandbox: sandbox === undefined ? ("none" as const) : ("bubblewrap" as const),
    ...(worked.manifest === undefined ? {} : { manifest: worked.manifest }),
    ...(worked.checked === undefined ? {} : { checked: worked.checked }),
    ...(patch === undefined ? {} : { patch }),
  };
  if (scratch.inPlace !== undefined) return settledInPlace(request, { result, worked, inPlace: scratch.inPlace });
  if (worked.problem !== undefined) return { ...result, isApplied: false, problem: worked.problem };
  if (!isGood(worked) || request.isDry || changed.length === 0) return { ...result, isApplied: false };
  const { repository, id, signal } = request;
  const changes = changed.map(({ applied }) => applied);
  request.beforeApplied?.({ agent, files: changes });
  const applied = await applyChanges({ root: repository.root, id, changes, signal });
  return applied.ok ? { ...result, isApplied: true } : { ...result, isApplied: false, problem: applied.error };
}

interface Ended {
  readonly scratch: Scratch;
  readonly sandbox: string | undefined;
  readonly worked: Worked;
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
