import { canonicalJson, type Command } from "@symbiotic-build/engine";
import type { RuffCommandContext } from "./context.ts";

/** How the embedded ruff is started: it gets its settings and its files from stdin, and reads the files from the repository's root. */
export function embeddedCommand(context: RuffCommandContext, mode: "check" | "format"): Command {
  return { argv: [...context.tool.argv, mode], cwd: ".", stdin: canonicalJson(context.facts.embedded) };
}
