import type { Diagnostic } from "../core/diagnostic.ts";
import { ok, type Result } from "../core/result.ts";
import type { Base } from "../base/open-bases.ts";
import type { HiddenFiles } from "../gate/kept/hidden-files.ts";
import type { RunParts } from "../run-parts.ts";
import { records } from "../workspace/git/records.ts";
import { gitOutput, type Repository } from "../workspace/git/repository.ts";

/** By the names of files that say what tools pass over, how git lists what is in the repository nevertheless. */
const LISTED: Readonly<Record<string, readonly string[]>> = {
  ".gitignore": ["--exclude-standard"],
  ".ignore": ["--exclude-per-directory=.ignore"],
};

/** Files in the repository that tools pass over now and did not at the base, by the ignore file that the change touches. */
export function hiddenFiles(base: Base, { opened, plan }: RunParts): Result<readonly HiddenFiles[], Diagnostic> {
  const found: HiddenFiles[] = [];
  for (const [name, rules] of Object.entries(LISTED)) {
    const touched = plan.changes?.files.find(({ path }) => path === name || path.endsWith(`/${name}`));
    if (touched === undefined) continue;
    const now = ignored(opened.repository, rules);
    const before = now.ok ? ignored(base.opened.repository, rules) : now;
    if (!now.ok) return now;
    if (!before.ok) return before;
    const were = new Set(before.value);
    const files = now.value.filter((path) => !were.has(path));
    if (files.length > 0) found.push({ by: touched.path, files });
  }
  return ok(found);
}

function ignored(repository: Repository, rules: readonly string[]): Result<readonly string[], Diagnostic> {
  const listed = gitOutput(repository, ["ls-files", "--cached", "--ignored", "-z", ...rules]);
  return listed.ok ? ok(records(listed.value)) : listed;
}
