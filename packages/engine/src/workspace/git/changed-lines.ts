import type { Diagnostic } from "../../core/diagnostic.ts";
import { rangesText, union, type LineRange } from "../../core/line-ranges.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { records } from "./records.ts";
import { gitOutput, type Repository } from "./repository.ts";
import { withoutLocalFilters } from "./local-filters.ts";

const FORM = ["--patch-with-raw", "-z", "--unified=0", "--find-renames", "--ignore-submodules=all"];
const PLAIN = ["--no-color", "--no-ext-diff", "--no-textconv", "--no-indent-heuristic"];

/**
 * By path, which lines of a file are new or other than at a commit, as ranges. `upTo`: the commit whose files are compared,
 * `null` for the work tree. What git does not track is not in it, nor is what is not text.
 */
export function changedLines(
  repository: Repository,
  { commit, upTo }: { readonly commit: string; readonly upTo: string | null },
): Result<ReadonlyMap<RepoPath, string>, Diagnostic> {
  const config = withoutLocalFilters(repository);
  if (!config.ok) return config;
  const trees = upTo === null ? [commit] : [commit, upTo];
  const answer = gitOutput(repository, ["diff", ...FORM, ...PLAIN, ...trees, "--"], { config: config.value });
  return answer.ok ? ok(readPatch(answer.value)) : answer;
}

/** Reads records that end in NUL, an empty one, then for each of them a patch, in the same order. Pure. */
export function readPatch(printed: Buffer): ReadonlyMap<RepoPath, string> {
  const end = printed.indexOf("\0\0");
  if (end < 0) return new Map();
  const paths = pathsOf(records(printed.subarray(0, end + 1)));
  const lines = new Map<RepoPath, string>();
  const patches = printed
    .toString("latin1", end + 2)
    .split(/^diff --git /m)
    .slice(1);
  for (const [at, patch] of patches.entries()) {
    const path = paths[at];
    if (path !== undefined) lines.set(path, rangesText(union([...patch.matchAll(HUNK)].flatMap(rangeOfHunk), [])));
  }
  return lines;
}

/** `:100644 100644 id id M`, then the path; after `R` and `C` the old path and then the new one. */
function pathsOf(parts: readonly string[]): RepoPath[] {
  const paths: RepoPath[] = [];
  for (let at = 0; at < parts.length; ) {
    const isPair = /^:.* [RC]\d*$/.test(parts[at] ?? "");
    const path = parts[at + (isPair ? 2 : 1)];
    if (path !== undefined) paths.push(path);
    at += isPair ? 3 : 2;
  }
  return paths;
}

/** `@@ -3,0 +4,2 @@`: two lines from 4. */
const HUNK = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm;

function rangeOfHunk([, first = "0", count = "1"]: RegExpMatchArray): LineRange[] {
  return Number(count) === 0 ? [] : [[Number(first), Number(first) + Number(count) - 1]];
}
