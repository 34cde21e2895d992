import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { Parsed } from "../plugin/command.ts";

const EXCLUSIVE = ["affected", "staged", "files"];

/** An error where a command line says in two ways what changed. */
export function changeConflict({ flags, lists }: Parsed): Diagnostic | undefined {
  const [first, second] = EXCLUSIVE.filter((name) => flags.has(name) || lists.has(name));
  return second === undefined
    ? undefined
    : errorOf("SYM2050", `--${first ?? ""} and --${second} exclude each other`, {
        hint: "each says what changed: leave one of the two out",
      });
}
