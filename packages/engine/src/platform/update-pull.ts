import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { PullRequest } from "../plugin/platform.ts";
import type { PlatformHost } from "./platform-host.ts";
import { pullsOf } from "./pulls-of.ts";
import { runOperation } from "./run-operation.ts";

/** Gives a pull request a title and a text; nothing is asked of the platform where it has them. Whether it was changed. */
export async function updatePull(
  host: PlatformHost,
  pull: PullRequest,
  { title = pull.title, body = pull.body }: { readonly title?: string; readonly body?: string },
): Promise<Result<boolean, Diagnostic>> {
  const pulls = pullsOf(host);
  if (!pulls.ok) return pulls;
  if (title === pull.title && body === pull.body) return ok(false);
  const done = await runOperation(host, pulls.value.update, { number: pull.number, title, body });
  return done.ok ? ok(true) : fail(done.error.diagnostic);
}
