import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { ok, type Result } from "../core/result.ts";
import { textsAt } from "./git/base-tree.ts";
import type { Changes } from "./git/changes.ts";
import type { Repository } from "./git/repository.ts";
import type { SourceTexts } from "./source-texts.ts";

/** The texts of a file that changed, before and after. */
export interface TextsOfFile {
  readonly path: RepoPath;
  /** Where it was, if that is another place. */
  readonly from?: RepoPath;
  readonly before?: string;
  readonly after?: string;
}

/** The texts of the files of a change that are wanted, as they were at its base and as they are. A renamed file is one. */
export function textsOfChange(
  { repository, texts }: { readonly repository: Repository; readonly texts: SourceTexts },
  { comparison: { commit }, files, upTo }: Changes,
  isWanted: (path: RepoPath) => boolean,
): Result<readonly TextsOfFile[], Diagnostic> {
  const moved = new Set(files.flatMap(({ from }) => from ?? []));
  const wanted = files.filter(({ path, from, status }) => {
    return !(status === "deleted" && moved.has(path)) && (isWanted(path) || (from !== undefined && isWanted(from)));
  });
  const were = wanted.filter(({ status }) => status !== "added").map(({ path, from }) => from ?? path);
  const before = textsAt(repository, commit, were);
  if (!before.ok) return before;
  const are = wanted.filter(({ status }) => status !== "deleted").map(({ path }) => path);
  const after = upTo === null ? ok(sources(texts, are)) : textsAt(repository, upTo, are);
  if (!after.ok) return after;
  return ok(
    wanted.map(({ path, from }) => ({
      path,
      ...(from === undefined ? {} : { from }),
      ...textOf("before", before.value.get(from ?? path)),
      ...textOf("after", after.value.get(path)),
    })),
  );
}

function sources(texts: SourceTexts, paths: readonly RepoPath[]): ReadonlyMap<RepoPath, string> {
  return new Map(
    paths.flatMap((path) => (texts.source(path) === undefined ? [] : [[path, texts.source(path)?.text ?? ""]])),
  );
}

function textOf(
  name: "before" | "after",
  text: string | undefined,
): { readonly before?: string; readonly after?: string } {
  return text === undefined ? {} : { [name]: text };
}
