import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { EditedFile } from "./tree-contents.ts";

/** What is to be written, and where what it replaces is kept until all is written. */
export interface Writing {
  /** Absolute root of the work tree. */
  readonly root: string;
  readonly files: readonly EditedFile[];
  /** Names the folder `.symbiotic/displaced/<name>`. */
  readonly name: string;
}

/** Writes mended files over those of the work tree: none where one of them is no longer what was mended. */
export function applyToWorkTree(writing: Writing): Result<void, Diagnostic> {
  const changed = writing.files.find(({ path, before }) => bytesAt(writing.root, path)?.equals(before) !== true);
  if (changed !== undefined) return fail(changedMeanwhile(changed.path));
  return writeAll(writing);
}

/**
 * Writes files whole, one after the other. Until the last is written what they were lies in `.symbiotic/displaced/`: after
 * a kill each file is the old or the new one, and all old ones are there.
 */
export function writeAll({ root, files, name }: Writing): Result<void, Diagnostic> {
  const folder = join(root, ".symbiotic", "displaced", name);
  const [kept, made] = [join(folder, "before"), join(folder, "after")];
  try {
    for (const { path, before, after } of files) {
      put(join(kept, path), before);
      put(join(made, path), after);
      chmodSync(join(made, path), lstatSync(join(root, path)).mode & 0o7777);
    }
    for (const { path } of files) renameSync(join(made, path), join(root, path));
    rmSync(folder, { recursive: true, force: true });
    removeEmpty(dirname(folder));
    return ok(undefined);
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return fail(notWritten(thrown.message, `.symbiotic/displaced/${name}/before`));
  }
}

/** The bytes of a file; undefined where there is none. */
export function bytesAt(root: string, path: RepoPath): Buffer | undefined {
  const place = join(root, path);
  return lstatSync(place, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(place) : undefined;
}

function put(place: string, bytes: Buffer): void {
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, bytes);
}

/** Other runs may have left something there. */
function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    return;
  }
}

function changedMeanwhile(path: RepoPath): Diagnostic {
  return errorOf("SYM4096", `${path} changed while it was being mended: nothing was written`, {
    location: { file: path },
    hint: "run `symbiotic fix` again",
  });
}

function notWritten(why: string, kept: string): Diagnostic {
  return errorOf("SYM4097", `what was mended could not be written: ${why}`, {
    hint: `each file is the old or the new one; what they were lies in ${kept}`,
  });
}
