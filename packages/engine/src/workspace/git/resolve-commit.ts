import type { Diagnostic } from "../../core/diagnostic.ts";
import { errorOf } from "../../core/diagnostic.ts";
import { ciCure, isCi } from "./ci.ts";
import type { Environment } from "./git.ts";
import { nearest } from "./nearest.ts";
import type { Repository } from "./repository.ts";
import { gitOutput } from "./repository.ts";

/** The commit that a branch, tag or expression names; undefined where it names none here. */
export function resolveCommit(repository: Repository, name: string): string | undefined {
  if (name.startsWith("-") || name === "") return undefined;
  const answer = gitOutput(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
  return answer.ok ? answer.value.toString("utf8").trimEnd() : undefined;
}

/** A name that names no commit: says what there is that is spelled like it, and what to fetch where it may be missing only here. */
export function unknownCommit(repository: Repository, name: string, from: string, env: Environment): Diagnostic {
  const listed = gitOutput(repository, [
    "for-each-ref",
    "--format=%(refname:short)",
    "refs/heads",
    "refs/remotes",
    "refs/tags",
  ]);
  const names = listed.ok ? listed.value.toString("utf8").split("\n").filter(Boolean) : [];
  const near = nearest(name, names);
  const fetched = isCi(env) || repository.shallow;
  const hint = fetched
    ? `fetch it: ${fetchBranch(name, env)}`
    : "name a branch, tag or commit of this repository, or fetch it first";
  return errorOf("SYM7011", `${from} names ${name}, which is no commit in this repository`, {
    hint: near.length > 0 && !fetched ? `did you mean ${near.map((each) => `\`${each}\``).join(" or ")}?` : hint,
    notes: near.length > 0 ? [`nearest: ${near.join(", ")}`] : names.slice(0, 10).map((each) => `there is: ${each}`),
  });
}

function fetchBranch(name: string, env: Environment): string {
  const branch = name.replace(/^origin\//, "");
  const command = `git fetch origin +refs/heads/${branch}:refs/remotes/origin/${branch}`;
  const cure = ciCure(env);
  return cure === undefined ? `\`${command}\`` : `${cure}, or \`${command}\``;
}
