import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { Digest } from "../../fingerprint/files/hash-file.ts";
import { unclearable } from "../problems.ts";
import { clearExtras, digestAt, type Displaced } from "./clear-extras.ts";
import { listOutputs } from "./list-files.ts";
import { checkOutputPlaces, outermost } from "./output-place.ts";
import type { OutputState } from "./output-state.ts";

/** The folders and files of a task that is about to run, or has. */
export interface TaskPlace {
  /** The absolute path of the work tree. */
  readonly root: string;
  readonly task: TaskId;
  /** The files and folders that the task owns. */
  readonly owned: readonly RepoPath[];
  /** Those among them that it keeps between runs. */
  readonly scratch?: readonly RepoPath[];
}

const NOTHING: ReadonlyMap<RepoPath, Digest> = new Map();

/**
 * Takes everything away that lies where a task will make its outputs, so that what it made is all that is captured. What
 * its records or its last attempt put there is deleted; any other file moves to `.symbiotic/displaced/<run>/`. Places
 * that may not be written are left alone: nothing is captured there.
 */
export function emptyOutputs(
  place: TaskPlace & { readonly run: string },
  state: OutputState,
): Result<readonly Displaced[], Diagnostic> {
  if (!checkOutputPlaces(place.root, outermost(place.owned)).ok) return ok([]);
  try {
    return ok(clearExtras({ ...place, keep: NOTHING, made: state.made(place.task) }).displaced);
  } catch (error) {
    return fail(unclearable(place.owned[0] ?? ".", error));
  }
}

/** Remembers what a task left that did not end well: it is the task's, and is deleted before the next attempt. */
export function noteOutputs({ root, task, owned, scratch = [] }: TaskPlace, state: OutputState): void {
  try {
    const left = listOutputs(root, owned, scratch).flatMap((path) => {
      const digest = digestAt(root, path);
      return digest === undefined ? [] : [[path, digest] as const];
    });
    state.setMade(task, new Map(left));
  } catch {
    // What is not remembered is moved aside instead of deleted.
  }
}
