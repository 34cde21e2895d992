import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { basename, isAbsolute, join, relative, sep } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";

/** Folders for verifying, outside the repository: absolute, and gone at the end. */
export interface VerifyPlace extends Disposable {
  readonly folder: string;
  /** What a task sees as the repository; made anew for each run. */
  readonly tree: string;
  /** The outputs of the tasks before it, at their paths in the repository. */
  readonly made: string;
  /** Python environments that lie elsewhere and import from the repository. */
  readonly environments: string;
  /** Copies of installed packages, at their paths in the repository. */
  readonly packages: string;
  readonly log: string;
}

const PREFIX = "symbiotic-verify-";
/** Nothing is verified for so long without its folder being written to. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000;

/** Makes the folders below the system's folder for temporary files, which may not lie in the repository. What was left there by a process that was killed is removed after a day. */
export function createPlace(root: string, temporary: string): Result<VerifyPlace, Diagnostic> {
  try {
    const above = realpathSync.native(temporary);
    const way = relative(root, above);
    if (way === "" || !(way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way)))
      return fail(withinRepository(above));
    removeLeftBehind(above);
    const folder = mkdtempSync(join(above, PREFIX));
    const made = join(folder, "made");
    mkdirSync(made);
    return ok({
      folder,
      // Some tools call a project by its folder's name.
      tree: join(folder, "tree", basename(root) || "root"),
      made,
      environments: join(folder, "environments"),
      packages: join(folder, "packages"),
      log: join(folder, "log"),
      [Symbol.dispose]: () => {
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
      },
    });
  } catch (thrown) {
    return fail(unusable(temporary, thrown));
  }
}

function removeLeftBehind(above: string): void {
  for (const name of readdirSync(above).filter((each) => each.startsWith(PREFIX)))
    try {
      const place = join(above, name);
      if (Date.now() - statSync(place).mtimeMs > LEFT_BEHIND_MS) rmSync(place, { recursive: true, force: true });
    } catch {
      // It is another user's, or it is being removed.
    }
}

function withinRepository(folder: string): Diagnostic {
  return errorOf("SYM2060", `the folder for temporary files lies in the repository: ${folder}`, {
    hint: "set TMPDIR (on Windows TEMP) to a folder outside it: what is copied there must not be found from above",
  });
}

function unusable(folder: string, thrown: unknown): Diagnostic {
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return errorOf("SYM2061", `no tree can be made in ${folder}: ${why}`, {
    hint: "make the folder for temporary files writable, and look whether the disk is full",
  });
}
