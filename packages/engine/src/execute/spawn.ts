import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { portableText } from "../core/portable-text.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { behind } from "../fingerprint/tool/hold.ts";
import type { Command, CommandResult } from "../plugin/atom.ts";
import type { Job } from "./job.ts";
import { captureAll, captureEnd } from "./capture.ts";
import type { LogWriter } from "./log-writer.ts";
import { MOST_READ, printedTooMuch, readReports } from "./read-reports.ts";
import { shellLine, withPrograms } from "./shell.ts";
import { startProcess, type StartHost } from "./start-process.ts";

/** So much of the end is enough to say why a command failed of which nothing is parsed. */
const LAST_WORDS = 64 * 1024;

/** What spawning tells and needs. */
export interface SpawnHost extends StartHost {
  readonly log: LogWriter;
  readonly ended: (pid: number) => void;
}

/** Runs a command to its end in a process group of its own, with its input closed. An error says why there is no usable result. */
export async function runCommand(
  job: Job,
  command: Command,
  reads: readonly string[],
  host: SpawnHost,
): Promise<Result<CommandResult, Diagnostic>> {
  const words = command.argv.map((argument) => substitute(argument, job.substitutions));
  const [program = "", ...args] = command.shell === true ? [shellLine(words, process.platform)] : words;
  const cwd = join(job.root, ...(command.cwd ?? job.context.project.root).split("/"));
  const started = startProcess(
    behind(job.held, [program, ...args], { cwd, shell: command.shell === true }),
    {
      cwd,
      env: withPrograms(environmentOf(job.variables, command.env ?? {}), job.root, command.programs ?? []),
      shell: command.shell === true && job.held === undefined,
      ...(command.stdin === undefined ? {} : { stdin: command.stdin }),
    },
    host,
  );
  const [capture, bytes] = job.isPlain ? [captureEnd, LAST_WORDS] : [captureAll, MOST_READ];
  const stdout = capture(started.stdout, command.stdout === "data" ? undefined : host.log.open("stdout"), bytes);
  const stderr = capture(started.stderr, host.log.open("stderr"), bytes);
  const { pid } = started;
  const result = await started.ended;
  stdout.finish();
  stderr.finish();
  if (started.isCut())
    host.log.line("stderr", "[a process that was left running held the output open; it was not waited for]");
  if (pid !== undefined) host.ended(pid);
  if (pid === undefined) return fail(cannotStart(program, result.originalMessage ?? ""));
  // First: a process may end because nobody reads on.
  if (stdout.overflowed() || stderr.overflowed()) return fail(printedTooMuch(job));
  if (result.signal !== undefined)
    return fail(
      errorOf("SYM4003", `the process of ${job.atomId} was ended by ${result.signal}`, {
        hint: hintFor(result.signal),
      }),
    );
  const portable = portableText(job.root);
  const files = await readReports(job, reads, portable);
  if (!files.ok) return files;
  return ok({
    exitCode: result.exitCode ?? -1,
    stdout: portable(stdout.text()),
    stderr: portable(stderr.text()),
    files: files.value,
  });
}

/** Who ends a process so is most often the system itself. */
function hintFor(signal: string): string {
  return signal === "SIGKILL"
    ? "if memory ran out, run fewer tasks at once (`--concurrency`); the log shows what it printed before"
    : "the log shows what it printed before";
}

/** Puts programs in the place of tokens. */
export function substitute(argument: string, substitutions: Readonly<Record<string, string>>): string {
  return argument.replace(/\{(?:tool|python|node|module)\}/g, (token) => substitutions[token] ?? token);
}

/** Makes the task's own folder, empty. */
export function emptyDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}

/** A command's own variables go first; names that differ only in case are one variable to Windows. */
function environmentOf(
  variables: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  if (process.platform !== "win32") return { ...variables, ...own };
  const named = new Set(Object.keys(own).map((name) => name.toUpperCase()));
  return {
    ...Object.fromEntries(Object.entries(variables).filter(([name]) => !named.has(name.toUpperCase()))),
    ...own,
  };
}

function cannotStart(program: string, why: string): Diagnostic {
  return errorOf("SYM4002", `${program} cannot be started: ${why.split("\n")[0] ?? ""}`, {
    hint: "`symbiotic doctor` shows where tools are looked for",
  });
}
