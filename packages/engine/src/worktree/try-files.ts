import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";

/** Does something with files; what the file system throws becomes the problem that `problem` makes of its words. */
export function tryFiles<T>(act: () => T, problem: (why: string) => Diagnostic): Result<T, Diagnostic> {
  try {
    return ok(act());
  } catch (error) {
    if (!(error instanceof Error) || errorCode(error) === "") throw error;
    return fail(problem(error.message));
  }
}
