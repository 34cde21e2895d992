import { byCodeUnit, type RepoPath } from "@symbiotic-build/engine";
import type { Issue, Reference } from "../issue.ts";
import { stemOf } from "../words/document-path.ts";
import { idOfFileName, keyOfId } from "../words/issue-id.ts";

/** Finds the issue that a text, a link or a path names. */
export interface IssueIndex {
  /** One for each id: the first that is not archived, by path. */
  readonly issues: readonly Issue[];
  /** Those with the same id, where there are several. */
  readonly doubled: readonly (readonly Issue[])[];
  readonly byId: (id: string) => Issue | undefined;
  readonly resolve: (reference: Reference) => Issue | undefined;
}

/** Indexes issues by id, by file, and by the name of the file. */
export function indexOf(all: readonly Issue[]): IssueIndex {
  const sorted = [...all].sort((a, b) => Number(a.isArchived) - Number(b.isArchived) || byCodeUnit(a.path, b.path));
  const groups = Map.groupBy(sorted, ({ id }) => keyOfId(id.value));
  const issues = [...groups.values()].flatMap(([first]) => first ?? []);
  const paths = new Map<RepoPath, Issue | undefined>(
    sorted.map(({ path, id }) => [path, groups.get(keyOfId(id.value))?.[0]]),
  );
  const stems = new Map(issues.map((issue) => [stemOf(issue.path).toLowerCase(), issue]));
  const byId = (id: string): Issue | undefined => groups.get(keyOfId(id))?.[0];
  return {
    issues,
    doubled: [...groups.values()].filter(({ length }) => length > 1),
    byId,
    resolve: ({ ids, paths: linked }) =>
      firstOf(linked, (path) => paths.get(path)) ??
      firstOf(ids, (id) => byId(id) ?? stems.get(id.toLowerCase())) ??
      firstOf(ids, (id) => byId(idOfFileName(id) ?? "")),
  };
}

function firstOf<T, U>(values: readonly T[], find: (value: T) => U | undefined): U | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
