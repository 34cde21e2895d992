import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { APPLYING } from "../guard/apply/applying-folder.ts";
import { formatDiagnostic } from "../report/diagnostic.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { CliContext } from "./command.ts";

/**
 * Brings to its end what a process that was killed left half applied in this work tree, and says so. An error where somebody edited one of
 * its files since. Nothing is loaded for it where nothing is left.
 */
export async function finishWhatWasKilled(
  { root }: Pick<Repository, "root">,
  { signal, write, terminal }: Pick<CliContext, "signal" | "write" | "terminal">,
): Promise<Result<void, readonly Diagnostic[]>> {
  if (!existsSync(join(root, APPLYING))) return ok(undefined);
  const { finishApplying } = await import("../guard/apply/finish-applying.ts");
  const finished = await finishApplying(root, signal);
  if (!finished.ok) return finished;
  for (const told of finished.value) write("stderr", `${formatDiagnostic(told, { colour: terminal.colour })}\n`);
  return ok(undefined);
}
