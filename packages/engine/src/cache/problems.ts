import { type Diagnostic, errorOf, warningOf } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import type { Digest } from "../fingerprint/files/hash-file.ts";

/** A blob's bytes are not those that its name says. */
export function damagedBlob(digest: Digest): Diagnostic {
  return warningOf("SYM6002", `the cache held damaged bytes under ${digest.slice(0, 12)}; they were removed`, {
    hint: "nothing to do: the task runs again; if this comes back, check the disk",
  });
}

/** A record names a blob that is not there. */
export function missingBlob(digest: Digest): Diagnostic {
  return warningOf("SYM6003", `the cache no longer holds ${digest.slice(0, 12)}, which a record names`, {
    hint: "nothing to do: the task runs again",
  });
}

/** Entries of a store were passed over. */
export function skippedEntries(what: string, damaged: number, foreign: number): Diagnostic {
  const counts = [
    ...(damaged > 0 ? [`${damaged} damaged`] : []),
    ...(foreign > 0 ? [`${foreign} of another version's format`] : []),
  ];
  return warningOf("SYM6004", `passed over entries of the ${what}: ${counts.join(", ")}`, {
    hint: "nothing to do: what they held is made again; `symbiotic cache prune` removes them",
  });
}

/** Lines of the records were damaged, and a look at all of them removed them. */
export function damagedRecords(count: number): Diagnostic {
  return warningOf("SYM6012", `${String(count)} ${count === 1 ? "record was" : "records were"} damaged`, {
    hint: "nothing to do: their tasks run again; if this comes back, check the disk",
  });
}

/** Records name what is not there. */
export function incompleteRecords(count: number): Diagnostic {
  return warningOf(
    "SYM6013",
    `${String(count)} ${count === 1 ? "record names" : "records name"} bytes that the cache does not hold`,
    { hint: "nothing to do: their tasks run again" },
  );
}

/** The cache takes nothing. */
export function unwritable(directory: string, error: unknown): Diagnostic {
  return warningOf("SYM6005", `cannot write to the cache in ${directory}: ${reasonOf(error)}`, {
    hint: "results are not kept until it can be written; `cache.dir` in the configuration chooses another folder",
  });
}

/** Something in the cache cannot be read. */
export function unreadable(what: string, error: unknown): Diagnostic {
  return warningOf("SYM6006", `cannot read ${what} of the cache: ${reasonOf(error)}`, {
    hint: "tasks run as if it were not there; check the permissions of the cache folder",
  });
}

/** An output that is not, or would not be, inside the repository. */
export function outsideOutput(path: RepoPath, why: string): Diagnostic {
  return errorOf("SYM6007", `an output may not be written at ${path.toWellFormed()}: ${why}`, {
    location: { file: path.toWellFormed() },
    hint: "declare outputs that lie in the repository and are reached through real folders",
  });
}

/** Something where an output goes that no record of the task made, or that was edited since. */
export function displacedFile(path: RepoPath, to: RepoPath): Diagnostic {
  return warningOf(
    "SYM6008",
    `${path.toWellFormed()} is not what a record of this task made; moved to ${to.toWellFormed()}`,
    {
      location: { file: path.toWellFormed() },
      hint: "move it back to a place that no task owns if you need it",
    },
  );
}

/** Things where a task is about to make its outputs that no record of it made. At least one. */
export function displacedFiles(moved: readonly { readonly path: RepoPath; readonly to: RepoPath }[]): Diagnostic {
  const [first] = moved;
  const { path, to } = first ?? { path: ".", to: "." };
  if (moved.length === 1) return displacedFile(path, to);
  const [run] = /^\.symbiotic\/displaced\/[^/]+/.exec(to) ?? [to];
  return warningOf(
    "SYM6008",
    `${String(moved.length)} files are not what a record of this task made; moved to ${run.toWellFormed()}`,
    {
      location: { file: path.toWellFormed() },
      notes: [`${path.toWellFormed()} and ${String(moved.length - 1)} more`],
      hint: "move them back to a place that no task owns if you need them",
    },
  );
}

/** What lies in the place of a task's outputs cannot be taken away. */
export function unclearable(path: RepoPath, error: unknown): Diagnostic {
  return errorOf("SYM6014", `cannot empty ${path.toWellFormed()} before the task runs: ${reasonOf(error)}`, {
    location: { file: path.toWellFormed() },
    hint: "check the permissions of the folder, and who has its files open",
  });
}

/** A task that is well did not make what its atom declares. */
export function missingOutput(path: RepoPath): Diagnostic {
  return warningOf(
    "SYM6011",
    `the task ended well and made no ${path.toWellFormed()}, which its atom declares as an output`,
    {
      location: { file: path.toWellFormed() },
      hint: "correct the atom's `outputs`, or let the task make it",
    },
  );
}

/** Outputs cannot be put in place. */
export function unrestorable(path: RepoPath, error: unknown): Diagnostic {
  return warningOf("SYM6009", `cannot put the output ${path.toWellFormed()} in place: ${reasonOf(error)}`, {
    location: { file: path.toWellFormed() },
    hint: "the task runs again; check the permissions of the folder",
  });
}

/** A declared output cannot be taken into the cache. */
export function uncapturable(path: RepoPath, error: unknown): Diagnostic {
  return warningOf("SYM6010", `cannot keep the output ${path.toWellFormed()}: ${reasonOf(error)}`, {
    location: { file: path.toWellFormed() },
    hint: "the result is not stored, and the task runs again next time",
  });
}

function reasonOf(error: unknown): string {
  return errorCode(error) || (error instanceof Error ? error.message : String(error));
}
