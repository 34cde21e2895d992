import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { holdsCredentials } from "../guard/paths/sensitive.ts";
import { secretsIn } from "../guard/patterns/secrets.ts";
import type { TreeChange } from "../guard/scratch/tree-changes.ts";
import type { Redactor } from "../redact/redact.ts";
import { matcher } from "../workspace/match.ts";
import { submoduleError } from "./check-paths.ts";
import type { CommitRequest } from "./commit-request.ts";

/** What a commit is judged by. */
export type CommitRules = Pick<CommitRequest, "permit" | "secrets" | "redactor">;

const SUBMODULE = "160000";

/** What of these changes is not to be committed, in their order. No secret is in what is said of them. Pure. */
export function judgeCommit(rules: CommitRules, changes: readonly TreeChange[]): readonly Diagnostic[] {
  // What only moves was there before: of it nothing is new.
  const gone = new Set(changes.flatMap(({ before, after }) => (before && !after ? [before.id] : [])));
  return changes.flatMap((change) => {
    const { path, before, after } = change;
    const name = rules.redactor.text(path);
    if (name !== path) return [secretError(name, "its name holds what looks like a secret")];
    if (before?.mode === SUBMODULE || after?.mode === SUBMODULE) return [submoduleError(path)];
    if (after === undefined) return [];
    const isMoved = before === undefined && gone.has(after.id);
    return [...sensitiveErrors(rules, path), ...(isMoved ? [] : secretErrors(rules, change))];
  });
}

function sensitiveErrors({ permit = [] }: CommitRules, path: RepoPath): Diagnostic[] {
  if (!holdsCredentials(path) || matcher(permit)(path)) return [];
  return [
    errorOf("SYM7308", `${path} is not committed: by its name it holds credentials`, {
      location: { file: path },
      hint: "leave it out and have git ignore it; if it holds none, name it in `permit`",
    }),
  ];
}

function secretErrors({ secrets, redactor }: CommitRules, { path, added }: TreeChange): Diagnostic[] {
  if (secrets === "allowed") return [];
  return secretsIn(added, redactor)
    .slice(0, MOST)
    .map(({ line, families }) => secretError(path, `it holds what looks like a secret (${families.join(", ")})`, line));
}

/** Nobody reads more of one file. */
const MOST = 20;

function secretError(path: RepoPath, why: string, line?: number): Diagnostic {
  return errorOf("SYM7309", `${path} is not committed: ${why}`, {
    location: { file: path, ...(line === undefined ? {} : { line }) },
    hint: "take it out, and make it invalid where it is real; it is nowhere in git",
  });
}

/** What is wrong with a message. */
export function judgeMessage(message: string, redactor: Pick<Redactor, "text">): readonly Diagnostic[] {
  if (message.trim() === "")
    return [errorOf("SYM7303", "the commit has no message", { hint: "say in it what was done" })];
  if (message.includes("\0"))
    return [errorOf("SYM7303", "the message of the commit holds a NUL character", { hint: "take it out" })];
  if (redactor.text(message) === message) return [];
  return [errorOf("SYM7309", "the message of the commit holds what looks like a secret", { hint: "take it out" })];
}
