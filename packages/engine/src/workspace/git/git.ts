import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { errorOf } from "../../core/diagnostic.ts";
import type { Result } from "../../core/result.ts";
import { fail, ok } from "../../core/result.ts";

/** The variables of a process, as they are handed in; nothing here reads the process's own. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What one call of git left. A non-zero exit code is an answer too: the caller knows which ones it expects. */
export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** In English, whatever the locale. */
  readonly stderr: string;
}

/** What a call may add. */
export interface GitOptions {
  readonly input?: Uint8Array;
  /** Settings that win over every file, as key and value. */
  readonly config?: readonly (readonly [key: string, value: string])[];
  /** Variables of git's own that it is to have: where its index lies, who the author is. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is ended: for what asks another machine. */
  readonly timeoutMs?: number;
}

/** What a process of git is started with. */
export interface GitStart extends Pick<GitOptions, "config" | "variables"> {
  /** The user's hooks may run. */
  readonly hooks?: boolean;
}

/** Programs that a repository's own configuration could have git start. */
const NO_MONITOR = ["-c", "core.fsmonitor=false"];
const NO_PROGRAMS = [...NO_MONITOR, "-c", "core.hooksPath=/dev/null"];
const LARGEST_ANSWER = 1024 ** 3;

/**
 * Runs git in `cwd` and waits for its end. It sees none of the caller's `GIT_*` variables, takes no optional lock, asks
 * nothing, and starts no hook or file-system monitor. Fails only where git could not be run to its end.
 */
export function runGit(
  cwd: string,
  env: Environment,
  args: readonly string[],
  options: GitOptions = {},
): Result<GitAnswer, Diagnostic> {
  const done = spawnSync("git", [...NO_PROGRAMS, ...args], {
    cwd,
    env: gitEnvironment(env, options),
    input: options.input ?? "",
    maxBuffer: LARGEST_ANSWER,
    windowsHide: true,
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  if (done.error) return fail(notRun(cwd, args, done.error));
  if (done.status === null) return fail(failed(args, `git was ended by ${String(done.signal)}`));
  return ok({ exitCode: done.status, stdout: done.stdout, stderr: done.stderr.toString("utf8") });
}

/** What a call that must succeed printed; any other exit code is an error that quotes git. */
export function outputOf(args: readonly string[], answer: Result<GitAnswer, Diagnostic>): Result<Buffer, Diagnostic> {
  if (!answer.ok) return answer;
  return answer.value.exitCode === 0 ? ok(answer.value.stdout) : fail(failed(args, lastLine(answer.value.stderr)));
}

/** The last line that git wrote to stderr, without `fatal:`. */
export function lastLine(stderr: string): string {
  return (stderr.trimEnd().split("\n").pop() ?? "").replace(/^(?:fatal|error): /, "");
}

/** How a call of git is started by others, under the rules of `runGit`, but for hooks where they are asked for. */
export function gitProcess(
  env: Environment,
  args: readonly string[],
  start: GitStart = {},
): { readonly file: string; readonly args: readonly string[]; readonly env: Record<string, string> } {
  const rules = start.hooks === true ? NO_MONITOR : NO_PROGRAMS;
  return { file: "git", args: [...rules, ...args], env: gitEnvironment(env, start) };
}

function gitEnvironment(env: Environment, { config = [], variables = {} }: GitStart): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !/^(?:GIT_|LANGUAGE$|LC_ALL$)/i.test(name));
  const settings = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${String(index)}`, key],
    [`GIT_CONFIG_VALUE_${String(index)}`, value],
  ]);
  return {
    ...(Object.fromEntries(kept.filter(([, value]) => value !== undefined)) as Record<string, string>),
    ...(Object.fromEntries(settings) as Record<string, string>),
    GIT_CONFIG_COUNT: String(config.length),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    LC_ALL: "C",
    ...variables,
  };
}

function notRun(cwd: string, args: readonly string[], error: Error): Diagnostic {
  if (!("code" in error) || error.code !== "ENOENT") return failed(args, error.message);
  if (!statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) {
    return errorOf("SYM7006", `${cwd} is not a folder`, { hint: "start in a folder that exists" });
  }
  return errorOf("SYM7001", "git was not found", { hint: "install git 2.31 or newer and put it on PATH" });
}

function failed(args: readonly string[], reason: string): Diagnostic {
  return errorOf("SYM7005", `git ${args[0] ?? ""} failed: ${reason}`, {
    hint: `run it yourself to see more: git ${args.join(" ")}`,
  });
}
