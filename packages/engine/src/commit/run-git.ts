import { runBounded, type BoundedEnd } from "../execute/run-bounded.ts";
import { gitProcess, type GitStart } from "../workspace/git/git.ts";
import type { CommitRequest } from "./commit-request.ts";

/** How long a hook or signing may take where nothing else is said. */
const USUAL_MS = 10 * 60_000;

/** What of a request a process of git is run with. */
export type GitHost = Pick<CommitRequest, "environment" | "groups" | "timeoutMs" | "signal">;

/** A call of git that may take long. */
export interface GitCall extends GitStart {
  readonly cwd: string;
  readonly args: readonly string[];
  readonly stdin?: string;
}

/** Runs git under the rules of `runGit`, ended with all that it started when its time is up. */
export function runGitBounded(host: GitHost, { cwd, args, stdin, ...start }: GitCall): Promise<BoundedEnd> {
  const { file, args: all, env } = gitProcess(host.environment, args, start);
  return runBounded({
    argv: [file, ...all],
    cwd,
    env,
    ...(stdin === undefined ? {} : { stdin }),
    timeoutMs: host.timeoutMs ?? USUAL_MS,
    groups: host.groups,
    signal: host.signal,
  });
}

/** What there is to read of how it ended, lines of both streams: what hooks say is on either. */
export function saidBy({ how, exitCode, stdout, stderr, why }: BoundedEnd): readonly string[] {
  if (why !== undefined) return [why];
  const lines = `${stderr}\n${stdout}`.split("\n").map((line) => line.trimEnd());
  const said = lines.filter((line) => line !== "").slice(-LINES);
  if (how === "timeout") return ["its time was up, and it was ended", ...said];
  if (how === "interrupted") return ["it was interrupted", ...said];
  return said.length === 0 ? [`it ended with exit code ${String(exitCode)}`] : said;
}

const LINES = 20;
