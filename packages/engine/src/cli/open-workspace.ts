import type { Diagnostic } from "../core/diagnostic.ts";
import type { Result } from "../core/result.ts";
import { open, type Opened } from "../open.ts";
import { watchVariables } from "./env.ts";
import type { CliContext, Parsed } from "./command.ts";

/** Opens the repository that a command was called in. */
export function openWorkspace(
  parsed: Parsed,
  { cwd, environment, defaults }: CliContext,
): Promise<Result<Opened, readonly Diagnostic[]>> {
  const configFile = parsed.values.get("config") ?? environment.settings.config;
  return open({
    cwd,
    environment: environment.variables,
    defaults,
    watchVariables,
    ...(configFile === undefined ? {} : { configFile }),
  });
}
