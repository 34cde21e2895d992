import type { RepoPath } from "../core/path.ts";
import type { ProcessGroups } from "../execute/process-groups.ts";
import type { Redactor } from "../redact/redact.ts";
import type { Environment } from "../workspace/git/git.ts";

/** What is to be committed, and where. */
export interface CommitRequest {
  /** The root of a work tree, absolute. */
  readonly root: string;
  /** The branch that has to be checked out there: nothing else is committed to. */
  readonly branch: string;
  /** Each file by its path, as git writes it: what is there is added as it is, what is gone is removed. Of a renamed file both paths. */
  readonly paths: readonly RepoPath[];
  readonly message: string;
  readonly environment: Environment;
  /** Knows the secrets of this environment, which are neither committed nor shown. */
  readonly redactor: Redactor;
  /** Globs of files that may be committed although their names say that they hold credentials. */
  readonly permit?: readonly string[];
  /** The search for secrets in what is new is switched off. */
  readonly secrets?: "allowed";
  /** The user's hooks are run. Without it none is: they would run on what an agent wrote. */
  readonly hooks?: "run";
  readonly groups: ProcessGroups;
  /** Of each process that may take long: a hook, signing. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/** What was committed. */
export interface Commit {
  readonly commit: string;
  /** The commit before it, `null` of the first. */
  readonly parent: string | null;
  readonly tree: string;
  readonly branch: string;
  /** Sorted. */
  readonly paths: readonly RepoPath[];
}
