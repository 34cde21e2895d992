import type { Result } from "../core/result.ts";

/**
 * An adapter to the command line of a place where changes are reviewed. A closed list of operations, each of them a command and
 * what its end says: data and pure functions. The engine starts the processes, and decides what may be done.
 * Why it has this shape: docs/decisions/0013-platforms.md.
 */
export interface Platform<O = unknown> {
  /** What people call it: `GitHub`. */
  readonly title: string;
  readonly describe: string;
  readonly tool: PlatformTool;
  readonly signIn: PlatformSignIn;
  /** Names of further variables that it needs where they are set: the address of its server, its own folder. */
  readonly variables: readonly string[];
  /** Set for each of its processes: what keeps it from asking and telling. */
  readonly environment: Readonly<Record<string, string>>;
  /** A file below the git directory that all work trees share, without which nothing is started: the tool would set itself up. */
  readonly setUp?: { readonly file: string; readonly hint: string };
  /** Settings of the user's by which its operations could come to mean something else. */
  readonly settings?: PlatformSettings;
  readonly pulls?: PullOperations<O>;
  readonly stack?: StackOperations<O>;
}

/** The command line of a platform. */
export interface PlatformTool {
  /** The program's name on PATH. */
  readonly bin: string;
  /** The release that the plugin is made for; an older one is not used. */
  readonly version: string;
  /** The version in what `--version` prints; nothing where it says none. */
  versionIn(printed: string): string | undefined;
  /** How to get it, one sentence. */
  readonly hint: string;
  /** Its package in npm's registry, and where native programs lie in a `node_modules`, by platform and processor as Node names them. */
  readonly npm?: { readonly package: string; readonly natives: Readonly<Record<string, readonly string[]>> };
}

/** A file of settings. */
export interface PlatformSettings {
  /** Below the folder for the user's settings: `XDG_CONFIG_HOME`, else `.config` in the user's folder. */
  readonly file: string;
  /** What in it keeps the tool from being started; nothing where it may be. */
  problem(text: string): string | undefined;
  /** What to do, one sentence. */
  readonly hint: string;
}

/** How somebody is signed in. */
export interface PlatformSignIn {
  /** Names of variables that hold a key. */
  readonly variables: readonly string[];
  /** What to do where nobody is, one sentence. */
  readonly hint: string;
}

/** One thing that a platform can be asked for. */
export interface Operation<Q, A, O = unknown> {
  /** Its process. */
  command(context: PlatformContext<O>, question: Q): PlatformCommand;
  /** What its end says. Throws nothing. */
  read(end: PlatformEnd, question: Q): Result<A, PlatformFailure>;
}

/** What `command` is given. */
export interface PlatformContext<O = unknown> {
  readonly options: O;
}

/** The arguments of the tool, and what it reads; without `stdin`, nothing. */
export interface PlatformCommand {
  readonly args: readonly string[];
  readonly stdin?: string;
}

/** What is left of a process that has ended by itself. */
export interface PlatformEnd {
  /** `null` where a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** The end of it. */
  readonly stderr: string;
}

/** Why there is no answer. `unavailable`: the same again may go well, and nobody knows whether it was done. */
export interface PlatformFailure {
  readonly kind:
    | "signed out"
    | "forbidden"
    | "not found"
    | "exists"
    | "conflict"
    | "refused"
    | "unavailable"
    | "unreadable";
  /** What the tool said. */
  readonly message: string;
}

/** What is done with pull requests. */
export interface PullOperations<O = unknown> {
  /** Who is signed in; `null` where that is not told. */
  readonly signedIn: Operation<null, { readonly login: string | null }, O>;
  /** All that there are, open or not. Fails rather than to leave one out. */
  readonly find: Operation<PullQuery, readonly PullRequest[], O>;
  /** Opens a draft, and never anything else. */
  readonly create: Operation<DraftRequest, { readonly number: number; readonly url: string }, O>;
  readonly update: Operation<PullUpdate, null, O>;
  /** Makes a draft ready for review: nobody can ask for that who has no evidence. */
  readonly markReady: Operation<{ readonly number: number; readonly evidence: PassedVerification }, null, O>;
  readonly view: Operation<{ readonly number: number }, PullRequest, O>;
}

/** Which pull requests: those of a branch of this repository, or those whose title begins so. */
export type PullQuery = { readonly branch: string } | { readonly titlePrefix: string };

/** A pull request. */
export interface PullRequest {
  readonly number: number;
  readonly url: string;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed" | "merged";
  readonly isDraft: boolean;
  /** The branch that it is of, and the commit that this shows. */
  readonly branch: string;
  readonly commit: string;
  readonly base: string;
}

/** What a draft is opened with. */
export interface DraftRequest {
  /** Pushed already. */
  readonly branch: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

/** What of a pull request is to be other than it is. */
export interface PullUpdate {
  readonly number: number;
  readonly title?: string;
  readonly body?: string;
}

declare const passed: unique symbol;

/** That all checks passed on a commit. Only the engine makes one, of what they said. */
export interface PassedVerification {
  readonly [passed]: true;
  readonly commit: string;
  /** The names of the checks. */
  readonly checks: readonly string[];
}

/** What is done with branches that stand on each other. */
export interface StackOperations<O = unknown> {
  /** Begins to keep account of a branch, on the one that it stands on. */
  readonly track: Operation<{ readonly branch: string; readonly parent: string }, null, O>;
  /** All branches that are kept account of. */
  readonly state: Operation<null, StackState, O>;
  /** Pushes a branch with those below it, and opens drafts for those that have no pull request. */
  readonly submit: Operation<{ readonly branch: string }, readonly SubmittedPull[], O>;
  /** The same, and asks others to review it and those below it: nobody can ask for that who has no evidence, and a person has to approve it. */
  readonly publish: Operation<
    { readonly branch: string; readonly evidence: PassedVerification },
    readonly SubmittedPull[],
    O
  >;
  /** The pull request that a branch is known to have; `null` where there is none. */
  readonly pull: Operation<{ readonly branch: string }, StackPull | null, O>;
  /** Fetches what others did. No branch is moved onto another commit of its parent. */
  readonly sync: Operation<null, null, O>;
  /** The branches as a drawing, for people. */
  readonly log: Operation<null, string, O>;
  /** What is known of a branch, for people. */
  readonly info: Operation<{ readonly branch: string }, string, O>;
}

/** Branches by their names. */
export type StackState = Readonly<Record<string, StackBranch>>;

/** A branch of a stack. */
export interface StackBranch {
  readonly isTrunk: boolean;
  /** The branch that it stands on, `null` of a trunk. */
  readonly parent: string | null;
  /** It does not stand on what its parent shows now. */
  readonly needsRestack: boolean;
}

/** Where the pull request of a branch is. */
export interface StackPull {
  readonly number: number;
  readonly url: string;
}

/** The pull request of a branch that was submitted. */
export interface SubmittedPull {
  readonly branch: string;
  /** `null` where there was nothing to do, so that it is not told. */
  readonly url: string | null;
  /** `closed`, `merged`: somebody has decided on it, and so nothing was submitted, of the other branches either. */
  readonly as: "created" | "updated" | "same" | "closed" | "merged";
}
