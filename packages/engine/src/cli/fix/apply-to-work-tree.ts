import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { applyChanges, type AppliedFile, type FileContent } from "../../guard/apply/apply-changes.ts";
import type { EditedFile } from "./tree-contents.ts";

/** What is to be written. */
export interface Writing {
  /** Absolute root of the work tree. */
  readonly root: string;
  readonly files: readonly EditedFile[];
  /** Names the change while it is on its way. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * Writes mended files over those of the work tree: none where one of them is no longer what was mended. What a process that is killed leaves
 * half done, the next command completes.
 */
export async function applyToWorkTree({ root, files, name, signal }: Writing): Promise<Result<void, Diagnostic>> {
  const changes = files.map((file) => changeOf(root, file));
  const applied = await applyChanges({ root, id: name, changes, signal });
  if (applied.ok) return ok(undefined);
  const { code, message, hint, location } = applied.error;
  return fail(code === "SYM5060" ? changedMeanwhile(location?.file ?? "a file") : notWritten(message, hint));
}

function changeOf(root: string, { path, before, after }: EditedFile): AppliedFile {
  const stat = lstatSync(join(root, path), { throwIfNoEntry: false });
  const executable = process.platform !== "win32" && ((stat?.mode ?? 0) & 0o111) !== 0;
  const content = (bytes: Buffer): FileContent => ({ kind: "file", executable, bytes });
  return { path, before: content(before), after: content(after) };
}

/** The bytes of a file; undefined where there is none. */
export function bytesAt(root: string, path: RepoPath): Buffer | undefined {
  const place = join(root, path);
  return lstatSync(place, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(place) : undefined;
}

function changedMeanwhile(path: RepoPath): Diagnostic {
  return errorOf("SYM4096", `${path} changed while it was being mended: nothing was written`, {
    location: { file: path },
    hint: "run `symbiotic fix` again",
  });
}

function notWritten(message: string, hint: string | undefined): Diagnostic {
  return errorOf("SYM4097", message, hint === undefined ? {} : { hint });
}
