import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Opened } from "../open.ts";
import type { KnownChange } from "../plan.ts";
import type { CliContext, Parsed } from "./command.ts";
import { namedFiles } from "./named-files.ts";

/** What `--files` stands for; undefined where it is not there. */
export function changeOf(
  { lists }: Parsed,
  { cwd }: Pick<CliContext, "cwd">,
  opened: Opened,
): Result<KnownChange | undefined, readonly Diagnostic[]> {
  const names = lists.get("files");
  if (names === undefined) return ok(undefined);
  const named = namedFiles(names, cwd, opened);
  return named.ok ? ok({ named: named.value }) : fail(named.error);
}
