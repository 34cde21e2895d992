import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import { plainConfig } from "./plain-config.ts";
import { records } from "./records.ts";
import type { Repository } from "./repository.ts";

/**
 * Settings that switch off each clean filter that the repository's own configuration defines: it would be run on changed
 * files, and whoever could write that file is not the user. Filters of the user's own configuration (git-lfs) stay.
 */
export function withoutLocalFilters(
  repository: Pick<Repository, "git"> & Partial<Pick<Repository, "commonDir">>,
): Result<[key: string, value: string][], Diagnostic> {
  const config = repository.commonDir === undefined ? undefined : plainConfig(repository.commonDir);
  // No section of that name: git need not be asked.
  if (config !== undefined && !/\[\s*filter\b/i.test(config)) return ok([]);
  const answer = repository.git(["config", "-z", "--show-scope", "--name-only", "--get-regexp", "^filter\\."]);
  if (!answer.ok) return answer;
  const parts = records(answer.value.stdout).values();
  const drivers = new Set<string>();
  for (const scope of parts) {
    const key = parts.next().value ?? "";
    if (scope !== "system" && scope !== "global" && scope !== "command")
      drivers.add(key.slice(0, key.lastIndexOf(".")));
  }
  return ok(
    [...drivers].flatMap((driver): [string, string][] => [
      [`${driver}.clean`, ""],
      [`${driver}.process`, ""],
      [`${driver}.required`, "false"],
    ]),
  );
}
