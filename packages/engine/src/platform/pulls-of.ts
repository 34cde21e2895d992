import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { PullOperations } from "../plugin/platform.ts";
import type { PlatformHost } from "./platform-host.ts";

/** What a platform does with pull requests. */
export function pullsOf({ platform: { pulls, title } }: PlatformHost): Result<PullOperations, Diagnostic> {
  return pulls === undefined ? fail(none(title, "pull requests")) : ok(pulls);
}

function none(title: string, what: string): Diagnostic {
  return errorOf("SYM7416", `${title} has no operations for ${what}`, { hint: "name a platform that has" });
}
