import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { isInside, type RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Opened } from "../open.ts";
import type { KnownChange } from "../plan.ts";
import { records } from "../workspace/git/records.ts";
import { gitOutput } from "../workspace/git/repository.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";

/** The change that `--files` stands for; undefined where it is not there. */
export function namedChange(
  { lists }: Parsed,
  { cwd }: Pick<CliContext, "cwd">,
  opened: Opened,
): Result<KnownChange | undefined, readonly Diagnostic[]> {
  const names = lists.get("files");
  if (names === undefined) return ok(undefined);
  const named = namedFiles(names, cwd, opened);
  return named.ok ? ok({ named: named.value }) : fail(named.error);
}

/**
 * The files that `--files` names, from the repository root, sorted: each is a file of the repository or one that git
 * tracks and that was deleted; a folder stands for the files in it. Every name that is neither is an error.
 */
function namedFiles(
  names: readonly string[],
  cwd: string,
  { repository, files }: Pick<Opened, "repository" | "files">,
): Result<readonly RepoPath[], readonly Diagnostic[]> {
  const from = realpathSync.native(cwd);
  const found = new Set<RepoPath>();
  const problems: Diagnostic[] = [];
  for (const name of names) {
    const whole = resolve(from, name);
    const path = wayTo(repository.root, whole) ?? wayTo(repository.root, withRealFolder(whole));
    const isOutside = path === undefined;
    const meant = isOutside ? [] : filesAt(path, { repository, files });
    for (const each of meant) found.add(each);
    if (meant.length === 0) problems.push(unknownFile(name, isOutside));
  }
  return problems.length > 0 ? fail(problems) : ok([...found].sort(byCodeUnit));
}

/** A path from the root; undefined for one that lies outside. */
function wayTo(root: string, whole: string): RepoPath | undefined {
  const way = relative(root, whole).split(sep).join("/") || ".";
  return way === ".." || way.startsWith("../") || isAbsolute(way) ? undefined : way;
}

/** The same place with the links on the way to it followed; what it is itself is not asked, and it need not exist. */
function withRealFolder(whole: string): string {
  const folder = dirname(whole);
  try {
    return join(realpathSync.native(folder), basename(whole));
  } catch {
    return folder === whole ? whole : join(withRealFolder(folder), basename(whole));
  }
}

function filesAt(path: RepoPath, { repository, files }: Pick<Opened, "repository" | "files">): readonly RepoPath[] {
  const inside = files.flatMap((file) => (isInside(path, file.path) ? [file.path] : []));
  if (inside.length > 0) return inside;
  const tracked = gitOutput(repository, ["--literal-pathspecs", "ls-files", "-z", "--", path]);
  return tracked.ok ? records(tracked.value) : [];
}

function unknownFile(name: string, isOutside: boolean): Diagnostic {
  const what = isOutside ? "lies outside the repository" : "is no file of the repository";
  return errorOf("SYM2051", `--files: \`${name}\` ${what}`, {
    hint: isOutside
      ? "name files of this repository; paths count from the current folder"
      : "it is not there, or git ignores it; paths count from the current folder, and targets stand before --files",
  });
}
