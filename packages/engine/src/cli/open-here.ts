import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { AskedRepository } from "../ask-repository.ts";
import type { Compared } from "../compare.ts";
import { open, type Opened, type OpenRequest } from "../open.ts";
import { openKept } from "../open-kept.ts";

/** What decides whether a project graph that was kept is of use. */
export interface GraphChoice {
  /** The text under which it is kept; absent where none may be. */
  readonly graph: string | undefined;
  readonly affected: Compared;
  readonly version: string;
}

/** Opens the work tree for a run that it judges itself: with the project graph of an earlier one where that is so still. */
export async function openHere(
  request: OpenRequest & { readonly asked: AskedRepository },
  { graph, affected, version }: GraphChoice,
): Promise<Result<Opened, readonly Diagnostic[]>> {
  const kept =
    graph === undefined
      ? undefined
      : await openKept({ ...request, affected, version, command: graph, here: process.cwd() });
  return kept === undefined ? open(request) : ok(kept);
}
