import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import { makeScratchFolder } from "../guard/scratch/scratch-owner.ts";
import { listIgnored } from "../staged/ignored-files.ts";
import type { EditRequest } from "./edit.ts";
import { pythonEnvironments } from "./installed.ts";

/**
 * Asks the interpreters of the user's tree who they are before an agent works in it. What they say is remembered: afterwards they would
 * run what it wrote, held by nothing, where their environments import the tree's code when they start. Throws what the file system throws.
 */
export function askInterpreters({
  repository,
  place,
  moveEnvironments,
}: Pick<EditRequest, "repository" | "place" | "moveEnvironments">): Result<void, Diagnostic> {
  const ignored = listIgnored(repository);
  if (!ignored.ok) return ignored;
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const folder = makeScratchFolder(place);
  try {
    const roots = { from: repository.root, to: join(folder, "tree") };
    mkdirSync(roots.to);
    const directories = pythonEnvironments({ roots, ignoredFolders: ignored.value.folders });
    moveEnvironments(roots, { folder: join(folder, "environments"), directories });
    return ok(undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
