import embedded from "@astral-sh/ruff-wasm-nodejs/package.json" with { type: "json" };
import type { Context, ToolSpec } from "@symbiotic-build/engine";
import type { RuffFacts } from "./facts.ts";
import type { RuffOptions } from "./options.ts";

/** The name of the ruff that this package carries: what it finds binds nobody. */
export const EMBEDDED = "ruff-wasm";

/** The project's own ruff; the embedded one where the repository asks for none in particular. */
export function ruffTools(context: Context<RuffOptions, RuffFacts>): readonly ToolSpec[] {
  const own: ToolSpec = { name: "ruff", kind: "python-executable", bin: "ruff", version: ["--version"] };
  return context.facts.embedded === null ? [own] : [own, embeddedTool()];
}

function embeddedTool(): ToolSpec {
  const program = import.meta.url.endsWith(".ts") ? "./wasm/main.ts" : "./wasm/main.js";
  return {
    name: EMBEDDED,
    kind: "node-module",
    url: new URL(program, import.meta.url).href,
    version: embedded.version,
    advisory: true,
  };
}
