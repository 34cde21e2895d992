import type { PluginUse } from "../plugin/define-plugin.ts";
import { loadPlugin, type LoadedPlugin, type OptionIssue, type PluginProblem } from "../plugin/load.ts";
import { lineOf, refused } from "./unwrap.ts";

/** Loads a plugin as a run does; throws all that is wrong with its definition and its options. */
export function loadForTest(use: PluginUse): LoadedPlugin {
  const url = use.spec.from;
  const loaded = loadPlugin(use, { kind: "module", url, digest: "" }, { imports: new Map() });
  if (loaded.ok) return loaded.value;
  throw refused(use.spec.name, loaded.error.flatMap(problemLines));
}

function problemLines(problem: PluginProblem): string[] {
  return problem.kind === "diagnostic" ? [lineOf(problem.diagnostic)] : problem.issues.map(issueLine);
}

function issueLine({ path, message, known }: OptionIssue): string {
  const place = ["options", ...path]
    .map((key, index) => (typeof key === "number" ? `[${String(key)}]` : index === 0 ? key : `.${key}`))
    .join("");
  return known === undefined
    ? `SYM1204 ${place}: ${message}`
    : `SYM1203 ${place} is not an option; there is: ${known.join(", ")}`;
}
