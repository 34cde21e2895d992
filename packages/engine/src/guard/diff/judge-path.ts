import type { RepoPath } from "../../core/path.ts";
import { changedSettings, isSettingsFile } from "../../gate/kept/quality-settings.ts";
import { matcher } from "../../workspace/match.ts";
import { isMeant } from "../paths/match-paths.ts";
import { normalisePath } from "../paths/normalise-path.ts";
import type { Policy } from "../policy/policy.ts";
import type { Violation } from "../violation.ts";
import type { FileChange } from "./file-change.ts";

/** Manifests: of them only the sections of tools that judge are protected. */
const MANIFEST = /(?:^|\/)(?:pyproject\.toml|setup\.cfg|tox\.ini|package\.json)$/i;

/** What is wrong with where a change of a file takes place. */
export function placeViolations(policy: Policy, change: FileChange): Violation[] {
  const paths = change.from === undefined ? [change.path] : [change.path, change.from];
  return paths.flatMap((path) => pathViolations(policy, path));
}

/** What is wrong with one path as a place to write to. */
export function pathViolations(policy: Policy, path: RepoPath): Violation[] {
  const normal = normalisePath(path);
  if (!normal.ok) return [{ code: "SYM5001", message: `the path is no file of the repository: ${normal.error}`, path }];
  if (normal.value !== path) return [{ code: "SYM5001", message: "the path is not written as git writes it", path }];
  const guarded = protection(policy, path);
  if (guarded !== undefined) return [guarded];
  const isOfRole = matcher(policy.write)(path);
  if (isOfRole && (policy.only === null || matcher(policy.only)(path))) return [];
  const message = `${path} is none of the files that a ${policy.role} may write here`;
  return [{ code: "SYM5002", message, path, hint: isOfRole ? NAMED : ofRole(policy) }];
}

const NAMED =
  "it is none of those that the work was asked for: name it by `--allow`, by `write` of the task, or under _Files_ of the issue";

function ofRole({ role }: Policy): string {
  return `name it in \`guard.write\` or \`guard.roles.${role}.write\`, or ask somebody in another role`;
}

function protection(policy: Policy, path: RepoPath): Violation | undefined {
  if (isMeant(path, policy.sealed)) {
    return { code: "SYM5003", message: `${path} is protected and cannot be given free`, path };
  }
  if (isFree(policy, path)) return undefined;
  if (/(?:^|\/)\.git(?:attributes|modules)$/i.test(path)) {
    return { code: "SYM5010", message: `${path} decides what git makes of other files`, path };
  }
  const isProtected = isMeant(path, policy.protect) || (!MANIFEST.test(path) && isSettingsFile(path, policy.baseline));
  return isProtected ? { code: "SYM5003", message: `${path} is protected`, path } : undefined;
}

/** What a change alters in a manifest of what judges the repository. */
export function settingsViolations(policy: Policy, change: FileChange): Violation[] {
  const { path, before, after, kind } = change;
  if (!MANIFEST.test(path) || isFree(policy, path)) return [];
  const isKnown = (kind === "added" || before !== undefined) && (kind === "deleted" || after !== undefined);
  if (!isKnown) return [{ code: "SYM5013", message: `what ${path} says of tools cannot be compared`, path }];
  const texts = { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  return changedSettings(texts, policy.baseline).map(({ message }) => ({ code: "SYM5013", message, path }));
}

/** What the configuration gives free: only by the path as it stands. */
function isFree({ unprotect }: Policy, path: RepoPath): boolean {
  return unprotect.length > 0 && matcher(unprotect)(path);
}
