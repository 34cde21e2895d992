import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { lastLine, type Environment } from "../workspace/git/git.ts";
import type { Repository } from "../workspace/git/repository.ts";

const PARTS = ["NAME", "EMAIL", "DATE"];

/** The variables by which somebody says who commits: they win over the settings, as everywhere in git. */
export function identityVariables(environment: Environment): Readonly<Record<string, string>> {
  const names = ["AUTHOR", "COMMITTER"].flatMap((who) => PARTS.map((part) => `GIT_${who}_${part}`));
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = environment[name];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
}

/** Git makes up a name and an address of the machine's where nobody said them; nobody wants that in a history. */
export const NOBODY_MADE_UP: readonly [string, string] = ["user.useConfigOnly", "true"];

/** That git knows who commits. */
export function checkIdentity({ git }: Repository, environment: Environment): Result<void, Diagnostic> {
  const variables = identityVariables(environment);
  for (const who of ["AUTHOR", "COMMITTER"]) {
    const answer = git(["var", `GIT_${who}_IDENT`], { variables, config: [NOBODY_MADE_UP] });
    if (!answer.ok) return answer;
    if (answer.value.exitCode !== 0) return fail(nobody(lastLine(answer.value.stderr)));
  }
  return ok(undefined);
}

function nobody(why: string): Diagnostic {
  return errorOf("SYM7310", `nobody can be named as the author of a commit: ${why}`, {
    hint: "git config --global user.name '<name>' and git config --global user.email '<address>'",
  });
}
