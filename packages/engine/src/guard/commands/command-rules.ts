import type { RefusedGraphite } from "../graphite/ownership.ts";

/** What a command is judged by. Names are matched whatever their case, path and ending: `rm` is also `/bin/RM` and `rm.exe`. */
export interface CommandRules {
  /** The only commands that may be run, `null` for all that are not denied. `git diff` means git with that subcommand. */
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[];
  /** Programs that start others where these cannot be seen, and that may be run all the same: `docker`. */
  readonly permit: readonly string[];
  /** Characters that no word may hold. */
  readonly metacharacters: string;
}

/** Why a command may not be run. */
export interface RefusedCommand {
  readonly code: "SYM5020" | "SYM5021" | "SYM5022" | "SYM5023" | "SYM5024" | RefusedGraphite["code"];
  /** One sentence. */
  readonly message: string;
  /** The program that it is about, as it was judged. */
  readonly program?: string;
}
