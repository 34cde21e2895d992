import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, type Result } from "../core/result.ts";
import { askRepository } from "../ask-repository.ts";
import type { Opened } from "../open.ts";
import { watchVariables } from "./env.ts";
import type { CliContext, Parsed } from "./command.ts";

/** Opens the repository that a command was called in. Git is asked first, and answers while the rest is loaded. `compares`: with a base. */
export async function openWorkspace(
  parsed: Parsed,
  { cwd, environment, defaults }: CliContext,
  compares: boolean = parsed.flags.has("affected"),
): Promise<Result<Opened, readonly Diagnostic[]>> {
  const place = { cwd, environment: environment.variables };
  const asked = askRepository({ ...place, compares: compares && !parsed.values.has("head") });
  if (!asked.ok) return fail([asked.error]);
  const configFile = parsed.values.get("config") ?? environment.settings.config;
  const { open } = await import("../open.ts");
  return open({
    ...place,
    asked: asked.value,
    defaults,
    watchVariables,
    ...(configFile === undefined ? {} : { configFile }),
  });
}
