import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, type Result } from "../core/result.ts";

/** What to do where a tree cannot be made beside the work tree. */
export const MAKE_ROOM =
  "it goes to the folder for caches (XDG_CACHE_HOME, ~/.cache): make it writable, and look whether the disk is full";

/** What `act` gives, or the error that `named` makes of the reason for which the file system refuses it. A bug is thrown on. */
export function orRefused<T>(
  act: () => Result<T, Diagnostic>,
  named: (why: string) => Diagnostic,
): Result<T, Diagnostic> {
  try {
    return act();
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return fail(named(thrown.message));
  }
}
