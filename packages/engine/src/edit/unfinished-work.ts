import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Scratch } from "../guard/scratch/scratch.ts";
import type { AgentHome } from "./agent-home.ts";
import type { EditRequest, EditResult } from "./edit.ts";
import { openKeptChanges } from "./kept-changes.ts";

const WORK = "work";
/** What an agent is told whose work could not be brought back. */
export const LOST =
  "What you did before in this session is not in the tree: the user has changed a file of it since. Begin from the tree as it is.";

/** Puts into the copy what the session had done before it was broken off: wholly, or not at all where a file of it has changed since. */
export async function bringBack(
  { resume, id, signal }: EditRequest,
  { roots }: Scratch,
  home: AgentHome,
): Promise<Result<boolean | undefined, Diagnostic>> {
  const kept = resume === undefined ? undefined : openKeptChanges(home.of(resume.session));
  if (kept?.has(WORK) !== true) return ok(undefined);
  const back = await kept.replay(WORK, { root: roots.to, id: `back-${id}`, signal });
  return back?.problem === undefined ? ok(back !== undefined) : fail(back.problem);
}

/** What whoever goes on with the session needs: its home, and what it did that is not applied. */
export function keepSession({ policy }: EditRequest, { agent, files, isApplied }: EditResult, home: AgentHome): void {
  const { session, totals } = agent;
  if (session === undefined) return;
  home.keep(session, totals);
  const kept = openKeptChanges(home.of(session));
  if (isApplied || files.length === 0 || files.length > policy.maxFiles) kept.forget(WORK);
  else kept.keep(WORK, files);
}
