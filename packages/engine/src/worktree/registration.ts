import { existsSync, lstatSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import { placeAt } from "./place-of.ts";
import { isSamePath } from "./same-path.ts";
import { tryFiles } from "./try-files.ts";

/**
 * What git keeps of the worktree in this folder: found by the folder's `.git`, and true only where it leads to this repository and back
 * again. Starts no git, as the folder may say what it likes.
 */
export function registrationOf(path: string, commonDir: string): Result<string, Diagnostic> {
  try {
    if (placeAt(path) !== "folder") return fail(replaced(path));
    const pointer = join(path, ".git");
    if (!lstatSync(pointer).isFile()) return fail(unknown(path, "its `.git` is no file"));
    const [, to] = /^gitdir: (.+?)\n?$/s.exec(readFileSync(pointer, "utf8")) ?? [];
    if (to === undefined) return fail(unknown(path, "its `.git` leads nowhere"));
    const gitDir = realpathSync.native(resolve(path, to));
    if (!isSamePath(dirname(gitDir), join(commonDir, "worktrees")))
      return fail(unknown(path, "its `.git` leads to another repository"));
    const back = resolve(gitDir, readFileSync(join(gitDir, "gitdir"), "utf8").replace(/\n$/, ""));
    return isSamePath(back, pointer) ? ok(gitDir) : fail(unknown(path, `git says that it lies in ${dirname(back)}`));
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return fail(unknown(path, error instanceof Error ? error.message : String(error)));
  }
}

const MARK = "symbiotic";

/** Says in what git keeps of a worktree that the engine made it: who removes that and makes another one in its place has one without it. */
export function markOwn(gitDir: string): Result<void, Diagnostic> {
  return tryFiles(
    () => {
      writeFileSync(join(gitDir, MARK), "");
    },
    (why) => unknown(gitDir, why),
  );
}

/** What git keeps of the worktree in this folder, if the engine made it. */
export function ownRegistrationOf(path: string, commonDir: string): Result<string, Diagnostic> {
  const gitDir = registrationOf(path, commonDir);
  if (!gitDir.ok || existsSync(join(gitDir.value, MARK))) return gitDir;
  return fail(
    errorOf("SYM7629", `the worktree in ${path} was made by somebody else, in the place of the one that was there`, {
      hint: "it was not touched; remove it with `git worktree remove`, or move it with `git worktree move`",
    }),
  );
}

function replaced(path: string): Diagnostic {
  return errorOf("SYM7612", `${path} is no folder of its own: it, or a folder above it, is a link or was replaced`, {
    hint: "nothing was touched; put back what was there, or remove the link",
  });
}

function unknown(path: string, why: string): Diagnostic {
  return errorOf("SYM7613", `git does not know the worktree in ${path}: ${why}`, {
    hint: `try \`git worktree repair\`; if nothing in it is needed, remove that folder`,
  });
}
