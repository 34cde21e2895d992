import { isAbsolute, join, relative, resolve } from "node:path";
import { errorOf, type Diagnostic } from "../../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../../core/result.ts";
import { records } from "../../../workspace/git/records.ts";
import type { Repository } from "../../../workspace/git/repository.ts";

/** Where git looks for a repository's hooks. */
export interface HooksFolder {
  /** Absolute. */
  readonly folder: string;
  /** That it lies among the files of the work tree, which others may have as well. */
  readonly isShared: boolean;
}

/** The folder of the hooks: git's own, which all work trees share, or the one that the repository's `core.hooksPath` names. */
export function hooksFolder({ root, gitDir, commonDir, git }: Repository): Result<HooksFolder, Diagnostic> {
  // What the engine itself says for its own calls of git is of scope `command`.
  const answer = git(["config", "-z", "--show-scope", "--type=path", "--get-all", "core.hooksPath"]);
  if (!answer.ok) return answer;
  const parts = records(answer.value.stdout);
  const told = parts.flatMap((scope, index) =>
    index % 2 === 0 && scope !== "command" ? [{ scope, path: parts[index + 1] ?? "" }] : [],
  );
  const last = told.at(-1);
  if (last === undefined || last.path === "") return ok({ folder: join(commonDir, "hooks"), isShared: false });
  if (last.scope !== "local" && last.scope !== "worktree") return fail(foreignFolder(last.path));
  const folder = resolve(root, last.path);
  const isInGit = [gitDir, commonDir].some((directory) => isWithin(directory, folder));
  return ok({ folder, isShared: isWithin(root, folder) && !isInGit });
}

function isWithin(parent: string, path: string): boolean {
  const way = relative(parent, path);
  return !way.startsWith("..") && !isAbsolute(way);
}

function foreignFolder(path: string): Diagnostic {
  return errorOf("SYM2053", `your own core.hooksPath names ${path}, whose hooks every repository of yours runs`, {
    hint: "`git config core.hooksPath .git/hooks` gives this repository its own; or call `symbiotic run gates --staged` in that hook",
  });
}
