import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Variables } from "../fingerprint/variables.ts";
import { applyChanges, type AppliedFile } from "../guard/apply/apply-changes.ts";
import { isSame, stateAt, stateOf } from "../guard/apply/apply-journal.ts";
import { makeScratch, type Scratch } from "../guard/scratch/scratch.ts";
import { linkOwn } from "../staged/stage.ts";
import { records } from "../workspace/git/records.ts";
import type { ChangedFile } from "./changed-files.ts";
import type { ChangedTree, Checked, RunChecks } from "./checked.ts";
import type { EditRequest } from "./edit.ts";
import { holdTree } from "./hold-tree.ts";
import { copyInstalled, linkInstalled } from "./installed.ts";
import { OWN_VARIABLES, passedVariables } from "./passed-variables.ts";

/** What checking takes of a request. */
export type CheckRequest = Pick<
  EditRequest,
  "repository" | "base" | "place" | "host" | "node" | "moveEnvironments" | "id" | "signal"
>;

/**
 * Checks a change before it is applied, in a fresh copy of the user's tree that holds it and nothing else of what its agent did: no ignored
 * file, no git directory, no cache of a tool. Code in it runs in a sandbox without network, unless there is none.
 */
export async function checkChange(
  request: CheckRequest,
  {
    changed,
    sandbox,
    run,
  }: { readonly changed: readonly ChangedFile[]; readonly sandbox: string | undefined; readonly run: RunChecks },
): Promise<Result<Checked, readonly Diagnostic[]>> {
  const { repository, base, place, host, id, signal } = request;
  const made = makeScratch({ repository, base, place, environment: host.env });
  if (!made.ok) return fail([made.error]);
  const scratch = made.value;
  try {
    // Where the agent worked in the user's tree they are there already.
    const changes = changed.map(({ applied }) => applied).filter((each) => !isThere(scratch.roots.to, each));
    const applied = await applyChanges({ root: scratch.roots.to, id, changes, signal });
    if (!applied.ok) return fail([applied.error]);
    const before = scratch.git.snapshot();
    if (!before.ok) return fail([before.error]);
    const checked = await run({
      roots: scratch.roots,
      changed: changed.map(({ change }) => change),
      ...heldBy(scratch, request, sandbox),
    });
    if (!checked.ok) return checked;
    const touched = touchedSince(scratch, before.value);
    if (!touched.ok) return fail([touched.error]);
    return ok(touched.value.length === 0 ? checked.value : spoilt(checked.value, touched.value));
  } finally {
    scratch.remove();
  }
}

function isThere(root: string, { path, after }: AppliedFile): boolean {
  const now = stateAt(root, path);
  return isSame(now, after === null ? null : stateOf(after.kind, after.executable, after.bytes));
}

function heldBy(
  scratch: Scratch,
  { host, node, moveEnvironments }: CheckRequest,
  sandbox: string | undefined,
): Pick<ChangedTree, "environment" | "hold"> {
  const home = join(scratch.folder, "home");
  mkdirSync(home, { mode: 0o700 });
  linkOwn(scratch.roots);
  const given = (env: Variables, at: string): Variables => ({
    ...passedVariables({ ...host, env }),
    ...OWN_VARIABLES,
    HOME: at,
    USERPROFILE: at,
  });
  if (sandbox === undefined) return { environment: given(copyInstalled(scratch, moveEnvironments), home) };
  const environment = given(linkInstalled(scratch, moveEnvironments), host.home);
  return { environment, hold: holdTree({ scratch, host, node, bubblewrap: sandbox, home }) };
}

/** Files of the change or of the user that running the checks changed: what they said is not about what would be applied. */
function touchedSince({ git }: Scratch, before: string): Result<readonly RepoPath[], Diagnostic> {
  const now = git.snapshot();
  if (!now.ok) return now;
  const told = git.run([
    "diff-tree",
    "-r",
    "-z",
    "--no-renames",
    "--diff-filter=MDT",
    "--name-only",
    before,
    now.value,
  ]);
  return told.ok ? ok(records(told.value)) : told;
}

function spoilt(checked: Checked, paths: readonly RepoPath[]): Checked {
  const what = `running the checks changed ${paths.slice(0, 3).join(", ")}: they say nothing of the change`;
  const { code, message } = errorOf("SYM5074", what);
  return { ...checked, passed: false, findings: [], problems: [...checked.problems, `${code}  ${message}`] };
}
