import type { KnownOptions } from "../commands/options.ts";

/** What an operation of Graphite's command line may be called with; whatever else is in a command is refused. */
export interface GraphiteOperation extends KnownOptions {
  /** It only tells. */
  readonly tells?: true;
  /** What words may stand behind it: none, any one, or one of these. */
  readonly word?: "branch" | readonly string[];
  /** Which of its options must be there: of each list exactly one. */
  readonly needs?: readonly (readonly string[])[];
}

/** The closed list, by full names: what a short one means is in a file that every user can change. */
export const OPERATIONS: Readonly<Record<string, GraphiteOperation>> = {
  state: { tells: true, flags: "", values: "" },
  trunk: { tells: true, flags: "", values: "" },
  parent: { tells: true, flags: "", values: "" },
  children: { tells: true, flags: "", values: "" },
  log: {
    tells: true,
    flags: "--reverse --stack --all --show-untracked --classic",
    values: "--steps",
    word: ["short", "long"],
  },
  info: { tells: true, flags: "--patch --diff --stat --body", values: "--branch", word: "branch" },
  track: { flags: "", values: "--parent", word: "branch", needs: [["--parent"]] },
  sync: { flags: "--no-restack", values: "", needs: [["--no-restack"]] },
  restack: { flags: "--only", values: "--branch", needs: [["--only"], ["--branch"]] },
  submit: {
    flags: "--draft --publish --stack --no-stack --no-edit --no-ai --update-only --dry-run",
    values: "--branch",
    needs: [["--draft", "--publish"], ["--stack", "--no-stack"], ["--branch"]],
  },
};

/** May stand behind each of them. */
export const COMMON = "--no-interactive --no-verify --quiet";

/** Why what is not in the list is not, where there is more to say than that. */
export const REASONS: Readonly<Record<string, string>> = {
  absorb: "it changes commits of other branches",
  abort: "it gives up what somebody else may be in the middle of",
  auth: "it changes who is signed in",
  aliases: "it changes what commands mean",
  config: "it changes settings",
  continue: "it goes on with what somebody else may be in the middle of",
  create: "branches and commits are made with git",
  delete: "it deletes branches",
  fold: "it puts a branch into its parent, and moves all that stand on it",
  get: "it overwrites branches with those of the remote",
  init: "it sets up a repository, and may forget all its branches",
  merge: "it merges pull requests",
  modify: "it changes commits, and moves all branches that stand on them",
  move: "it puts a branch onto another parent, and moves all that stand on it",
  pop: "it deletes a branch",
  rename: "it gives a branch another name, and closes its pull request",
  reorder: "it moves branches onto other parents",
  revert: "branches and commits are made with git",
  split: "it makes several branches of one",
  squash: "it changes commits, and moves all branches that stand on them",
  undo: "it undoes what somebody else may have done",
  unlink: "it takes a branch from its pull request",
  untrack: "it forgets a branch and all that stand on it",
};
