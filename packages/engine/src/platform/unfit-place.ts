import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { readIfThere } from "../fingerprint/tool/host.ts";
import { guarded } from "../plugin/guarded.ts";
import type { PlatformHost } from "./platform-host.ts";

/** Why a platform's tool is not started here: it is not set up, or the user's settings make something else of it. */
export function unfitPlace({ platform, commonDir, root, environment }: PlatformHost): Diagnostic | undefined {
  const { setUp, settings, title } = platform;
  if (setUp !== undefined && !existsSync(join(commonDir, setUp.file)))
    return errorOf("SYM7403", `${title} is not set up in ${root}`, { hint: setUp.hint });
  if (settings === undefined) return undefined;
  const { XDG_CONFIG_HOME: own, HOME: home = environment["USERPROFILE"] ?? "" } = environment;
  const file = join(own ?? join(home, ".config"), settings.file);
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const said = guarded("its plugin's `settings.problem`", () => settings.problem(text));
  if (!said.ok) return said.error;
  if (said.value === undefined) return undefined;
  return errorOf("SYM7417", `${title}: ${said.value}`, { location: { file }, hint: settings.hint });
}
