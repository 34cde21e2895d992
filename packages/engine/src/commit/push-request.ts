import type { ProcessGroups } from "../execute/process-groups.ts";
import type { Redactor } from "../redact/redact.ts";
import type { Environment } from "../workspace/git/git.ts";
import type { PushedAs } from "./read-push.ts";

/** What is to be pushed, and where to. */
export interface PushRequest {
  /** A folder of the repository, absolute. */
  readonly root: string;
  readonly environment: Environment;
  /** The name of a remote that the repository has. */
  readonly remote: string;
  readonly branch: string;
  /** The branch that the work is for: nothing is pushed to it. */
  readonly base?: string;
  /** Globs of further branches that nothing is pushed to. */
  readonly protect?: readonly string[];
  /** The remote's branch may be replaced, but only while it shows this commit: of branches that a loop has made itself. */
  readonly replaces?: string;
  readonly timeoutMs: number;
  readonly redactor: Redactor;
  readonly groups: ProcessGroups;
  readonly signal?: AbortSignal | undefined;
}

/** What was pushed. */
export interface Pushed {
  readonly remote: string;
  readonly branch: string;
  readonly commit: string;
  readonly as: PushedAs;
}
