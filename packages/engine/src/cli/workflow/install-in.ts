import { join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { runBounded } from "../../execute/run-bounded.ts";
import type { ProcessGroups } from "../../execute/process-groups.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import type { Redactor } from "../../redact/redact.ts";
import { installOnce } from "../../worktree/install-once.ts";
import type { Lease } from "../../worktree/lease.ts";
import type { Worktrees } from "../../worktree/open-worktrees.ts";
import type { Worktree } from "../../worktree/worktree.ts";
import type { CallTools } from "../agent/ask-agent.ts";
import { findInstaller, installerMissing, installsOf, type Installs } from "./installers.ts";

const TIMEOUT_MS = 900_000;

/** What installing in a tree takes. */
export interface Installing extends Installs {
  readonly worktrees: Worktrees;
  readonly tools: CallTools;
  readonly groups: ProcessGroups;
  readonly redactor: Redactor;
}

/**
 * Installs what the lockfiles of a tree name that nobody has worked in yet: what an agent makes of a lockfile is never installed.
 */
export async function installIn(
  worktree: Worktree,
  lease: Lease,
  { worktrees, tools, groups, redactor, ...how }: Installing,
): Promise<Result<void, Diagnostic>> {
  const { opened, context } = tools;
  const { repository } = opened;
  const steps = installsOf(repository, worktree.head, how);
  if (!steps.ok) return steps;
  const { variables, home } = context.environment;
  const host: Host = { root: repository.root, env: variables, home };
  const done = await installOnce(worktrees, lease, {
    ...{ worktree, steps: steps.value },
    async run([name = "", ...args], cwd, step) {
      const isOfTree = /[\\/]/.test(name);
      const program = isOfTree ? join(cwd, name) : findInstaller(host, name, step.folder);
      if (program === undefined) return fail(installerMissing(step, how));
      const env = Object.fromEntries(Object.entries(variables).filter((pair) => pair[1] !== undefined));
      const argv = [program, ...args] as const;
      const ended = await runBounded({ argv, cwd, env: env as Record<string, string>, timeoutMs: TIMEOUT_MS, groups });
      if (ended.how === "ended" && ended.exitCode === 0) return ok(undefined);
      const said = ended.how === "ended" ? redactor.text(`${ended.stdout}\n${ended.stderr}`.trim()).split("\n") : [];
      const why = said.find((line) => /^\s*(?:npm )?err(?:or)?\b/i.test(line)) ?? said.at(-1) ?? ended.how;
      return fail(notInstalled([name, ...args].join(" "), why.trim().slice(0, 200), said.slice(-20)));
    },
  });
  return done.ok ? ok(undefined) : done;
}

function notInstalled(what: string, why: string, notes: readonly string[] = []): Diagnostic {
  return errorOf("SYM7507", `\`${what}\` failed in the work tree of an issue: ${why}`, {
    notes,
    hint: "run it by hand to see more; what is not to be installed: `issues.installs`, or --skip-installs",
  });
}
