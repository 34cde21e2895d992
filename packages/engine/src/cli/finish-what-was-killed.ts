import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { APPLYING } from "../guard/apply/applying-folder.ts";
import { IN_PLACE } from "../guard/in-place/in-place-folders.ts";
import { formatDiagnostic } from "../report/diagnostic.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { CliContext } from "./command.ts";

/**
 * Brings to its end what a process that was killed left half applied in this work tree, and says so. An error where somebody edited one of
 * its files since, or where an agent still works in the tree itself. Nothing is loaded for it where nothing is left.
 */
export async function finishWhatWasKilled(
  { root }: Pick<Repository, "root">,
  { signal, write, terminal }: Pick<CliContext, "signal" | "write" | "terminal">,
): Promise<Result<void, readonly Diagnostic[]>> {
  const tell = (told: readonly Diagnostic[]): void => {
    for (const each of told) write("stderr", `${formatDiagnostic(each, { colour: terminal.colour })}\n`);
  };
  // What was applied within a tree that an agent had belongs to what is put back.
  if (existsSync(join(root, IN_PLACE))) {
    const { finishInPlace } = await import("../guard/in-place/finish-in-place.ts");
    const putBack = finishInPlace(root);
    if (!putBack.ok) return putBack;
    tell(putBack.value);
  }
  if (!existsSync(join(root, APPLYING))) return ok(undefined);
  const { finishApplying } = await import("../guard/apply/finish-applying.ts");
  const finished = await finishApplying(root, signal);
  if (!finished.ok) return finished;
  tell(finished.value);
  return ok(undefined);
}
