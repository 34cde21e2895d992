import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { HookFailure } from "./hook-failure.ts";

/** Calls a plugin's hook in the main process: what it throws becomes a diagnostic that names the hook, not a crash. */
export function guarded<T>(what: string, hook: () => T): Result<T, Diagnostic> {
  try {
    return ok(hook());
  } catch (thrown) {
    if (thrown instanceof HookFailure) {
      const { diagnostic } = thrown;
      // A name that a comma ends was made to stand before `threw`.
      return fail({ ...diagnostic, message: `${what.replace(/,$/, "")}: ${diagnostic.message}` });
    }
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return fail(hookError(`${what} threw: ${message.split("\n")[0] ?? ""}`));
  }
}

/** That a hook of a plugin did what it may not do. */
export function hookError(message: string): Diagnostic {
  return errorOf("SYM4009", message, { hint: "this is an error of the plugin: tell its authors" });
}
