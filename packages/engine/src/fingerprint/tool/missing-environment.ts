import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { EnvironmentCandidate } from "../../plugin/tool.ts";
import { locateEnvironment } from "./environment.ts";
import type { Host } from "./host.ts";

/** SYM8101 for each environment that the configuration names and that is not there, or whose interpreter is gone. */
export function missingEnvironments(candidates: readonly EnvironmentCandidate[], host: Host): Diagnostic[] {
  return candidates.flatMap((candidate) => {
    if (candidate.kind !== "directory" || candidate.configured !== true) return [];
    if (locateEnvironment(candidate, host) !== undefined) return [];
    return errorOf("SYM8101", `the configured environment ${candidate.path} has no Python interpreter`, {
      hint: "create it, or correct the option `environment` of the python plugin",
    });
  });
}
