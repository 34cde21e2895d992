import { byCodeUnit } from "../../core/json.ts";
import type { RepoPath } from "../../core/path.ts";
import type { ChangedFile } from "./changed-file.ts";

/** What one comparison says of a path: whether it is there on either side. */
export interface Step {
  readonly before: boolean;
  readonly after: boolean;
  /** The path that had the same content on the one side. */
  readonly from?: RepoPath;
}

/** A comparison of two states, by path; what is not in it is equal in both. */
export type Steps = ReadonlyMap<RepoPath, Step>;

/** Puts two facts about one path in one comparison together: git names a file twice that left the index and still is on disk. */
export function addStep(steps: Map<RepoPath, Step>, path: RepoPath, step: Step): void {
  const known = steps.get(path);
  steps.set(
    path,
    known ? { ...known, ...step, before: known.before || step.before, after: known.after || step.after } : step,
  );
}

/** The two comparisons base → commit → work tree as one, sorted by path; what came and went in between is left out. */
export function joinSteps(first: Steps, second: Steps): ChangedFile[] {
  const paths = [...new Set([...first.keys(), ...second.keys()])].sort(byCodeUnit);
  const isThere = (path: RepoPath): boolean => (second.get(path) ?? first.get(path))?.after ?? true;
  return paths.flatMap((path): ChangedFile[] => {
    const before = (first.get(path) ?? second.get(path))?.before ?? true;
    if (!isThere(path)) return before ? [{ path, status: "deleted" }] : [];
    if (before) return [{ path, status: "modified" }];
    const from = originOf(path, first, second);
    return [from === undefined || isThere(from) ? { path, status: "added" } : { path, status: "renamed", from }];
  });
}

/** Through two renames in a row to the path that the base has. */
function originOf(path: RepoPath, first: Steps, second: Steps): RepoPath | undefined {
  const from = second.get(path)?.from;
  if (from === undefined) return first.get(path)?.from;
  const step = first.get(from);
  return step === undefined || step.before ? from : step.from;
}
