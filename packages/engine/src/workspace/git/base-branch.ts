import type { Diagnostic } from "../../core/diagnostic.ts";
import { errorOf } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import { fail, ok } from "../../core/result.ts";
import type { Repository } from "./repository.ts";
import { gitOutput } from "./repository.ts";
import { resolveCommit } from "./resolve-commit.ts";

/** What changes are measured from, by its name. */
export interface NamedBase {
  /** As people write it: `origin/main`. */
  readonly name: string;
  /** Without the remote: `main`. */
  readonly branch: string;
  readonly commit: string;
}

/** A branch that changes are measured from. */
export interface BaseBranch extends NamedBase {
  readonly local: boolean;
}

const WHERE = [
  "refs/remotes/*/HEAD",
  "refs/remotes/*/main",
  "refs/remotes/*/master",
  "refs/heads/main",
  "refs/heads/master",
];
const FIRST = [
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/remotes/origin/master",
  "refs/heads/main",
  "refs/heads/master",
];

/** The branch that everything is merged into, by what the repository itself shows. */
export function findBaseBranch(repository: Repository): Result<BaseBranch, Diagnostic> {
  const usual = refs(repository, WHERE);
  if (!usual.ok) return usual;
  const first = FIRST.map((name) => usual.value.get(name)).find((each) => each !== undefined);
  if (first) return ok(first);
  const named = initBranch(repository);
  if (named) return ok(named);
  const elsewhere = [...usual.value.values()][0];
  return elsewhere ? ok(elsewhere) : onlyBranch(repository);
}

/** The branch that HEAD is on pushes to, undefined without one. */
export function upstreamOf(repository: Repository): BaseBranch | undefined {
  const name = gitOutput(repository, ["rev-parse", "--abbrev-ref", "@{upstream}"]);
  if (!name.ok) return undefined;
  const upstream = name.value.toString("utf8").trimEnd();
  const commit = resolveCommit(repository, upstream);
  return commit === undefined ? undefined : { name: upstream, branch: withoutRemote(upstream), commit, local: false };
}

/** `origin/main` without `origin/`. */
export function withoutRemote(name: string): string {
  return name.replace(/^refs\/(?:heads|remotes)\//, "").replace(/^origin\//, "");
}

/** The references that match, by full name, in the order of their names. */
function refs(repository: Repository, patterns: readonly string[]): Result<Map<string, BaseBranch>, Diagnostic> {
  const listed = gitOutput(repository, ["for-each-ref", "--format=%(refname) %(objectname) %(symref)", ...patterns]);
  if (!listed.ok) return listed;
  const found = new Map<string, BaseBranch>();
  for (const line of listed.value.toString("utf8").split("\n").filter(Boolean)) {
    const [ref = "", commit = "", target = ""] = line.split(" ");
    const [, kind, ...rest] = (target === "" ? ref : target).split("/");
    const local = kind === "heads";
    found.set(ref, { name: rest.join("/"), branch: rest.slice(local ? 0 : 1).join("/"), commit, local });
  }
  return ok(found);
}

function initBranch(repository: Repository): BaseBranch | undefined {
  const configured = gitOutput(repository, ["config", "--get", "init.defaultBranch"]);
  if (!configured.ok) return undefined;
  const name = configured.value.toString("utf8").trimEnd();
  const commit = resolveCommit(repository, `refs/heads/${name}`);
  return commit === undefined ? undefined : { name, branch: name, commit, local: true };
}

/** Where there is one branch and nothing else, that is the base. */
function onlyBranch(repository: Repository): Result<BaseBranch, Diagnostic> {
  const all = refs(repository, ["refs/heads", "refs/remotes"]);
  if (!all.ok) return all;
  const branches = [...all.value.values()];
  const [only] = branches;
  if (only?.local === true && branches.length === 1) return ok(only);
  return fail(
    errorOf("SYM7013", "which branch to compare with could not be told: there is no main or master", {
      hint: "name it with `--base <branch>`, or `base` in the configuration; in a clone of one branch, fetch it first",
      notes:
        branches.length === 0
          ? []
          : [
              `branches here: ${branches
                .slice(0, 10)
                .map(({ name }) => name)
                .join(", ")}`,
            ],
    }),
  );
}
