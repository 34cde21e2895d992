import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { PullRequest } from "../plugin/platform.ts";
import type { PlatformHost } from "./platform-host.ts";
import { pullsOf } from "./pulls-of.ts";
import { runOperation } from "./run-operation.ts";

/** The pull request of a branch: the open one, else the last one; nothing where there was none. Several open ones are an error. */
export async function findPull(
  host: PlatformHost,
  branch: string,
): Promise<Result<PullRequest | undefined, Diagnostic>> {
  const pulls = pullsOf(host);
  if (!pulls.ok) return pulls;
  const found = await runOperation(host, pulls.value.find, { branch });
  if (!found.ok) return fail(found.error.diagnostic);
  const open = found.value.filter(({ state }) => state === "open");
  if (open.length > 1) return fail(several(branch, open));
  return ok(open[0] ?? found.value.toSorted((a, b) => b.number - a.number)[0]);
}

/** That a pull request was opened, and is not found. */
export function lostPull(url: string): Diagnostic {
  return errorOf("SYM7411", `${url} was opened, and is not among the pull requests of its branch`, {
    hint: "look at it there: no other one was opened",
  });
}

function several(branch: string, open: readonly PullRequest[]): Diagnostic {
  return errorOf("SYM7413", `${branch} has ${String(open.length)} open pull requests`, {
    hint: "close all but one",
    notes: open.map(({ url, base }) => `${url} into ${base}`),
  });
}
