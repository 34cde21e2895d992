import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { Result } from "../core/result.ts";
import type { Atom, Command, CommandAtom, CommandResult, FunctionAtom, Outcome } from "../plugin/atom.ts";
import { createRedactor } from "../redact/redact.ts";
import { createIo, UndeclaredAccess } from "./io.ts";
import type { Job, JobResult, WorkerMessage } from "./job.ts";
import { openLog, type LogWriter } from "./log-writer.ts";
import { outcomeProblem } from "./outcome-problem.ts";
import { plainOutcome } from "./plain-outcome.ts";
import { putFiles } from "./put-files.ts";
import { redactResult } from "./redact-result.ts";
import { emptyDirectory, runCommand, type SpawnHost } from "./spawn.ts";

/** Finds the atom of a job. */
export type FindAtom = (job: Job) => Promise<Result<Atom, Diagnostic>>;

/** One task from its start to its end. It never throws. */
export async function runJob(job: Job, find: FindAtom, tell: (message: WorkerMessage) => void): Promise<JobResult> {
  const redactor = createRedactor({ secretValues: job.secretValues });
  let log: LogWriter;
  try {
    mkdirSync(dirname(job.logFile), { recursive: true });
    emptyDirectory(job.outDirectory);
    log = openLog(job.logFile, { stdout: redactor.lines(), stderr: redactor.lines() }, (stream, line) => {
      tell({ type: "line", stream, line });
    });
  } catch (error) {
    return broken(unwritable(job, error));
  }
  const result = await runLogged(job, find, { log, tell });
  const problem = log.close();
  return redactResult(problem === undefined ? result : broken(unwritable(job, problem)), redactor);
}

interface Logged {
  readonly log: LogWriter;
  readonly tell: (message: WorkerMessage) => void;
}

async function runLogged(job: Job, find: FindAtom, logged: Logged): Promise<JobResult> {
  try {
    return await runAtom(job, await find(job), logged);
  } catch (thrown) {
    return broken(thrownBy(job, thrown));
  }
}

async function runAtom(job: Job, atom: Result<Atom, Diagnostic>, { log, tell }: Logged): Promise<JobResult> {
  if (!atom.ok) return broken(atom.error);
  tell({ type: "working" });
  const host: SpawnHost = {
    log,
    starting: (start) => {
      tell({ type: "process-starting", start });
    },
    started: (pid) => {
      tell({ type: "process-started", pid });
    },
    ended: (pid) => {
      tell({ type: "process-ended", pid });
    },
  };
  if ("ask" in atom.value) throw new Error(`${job.atomId} asks an agent, and is no job of a worker`);
  return isFunction(atom.value) ? runFunction(job, atom.value, host) : runProcess(job, atom.value, host);
}

async function runProcess(job: Job, atom: CommandAtom<unknown, JsonValue>, host: SpawnHost): Promise<JobResult> {
  if (job.command === undefined)
    return broken(
      errorOf("SYM4010", `${job.atomId} has no command`, {
        hint: "let the atoms that a module offers depend on nothing but the plugin's options",
      }),
    );
  const problem = putFiles(job);
  if (problem !== undefined) return broken(problem);
  const result = await runCommand(job, job.command, atom.reads ?? [], host);
  if (!result.ok) return broken(result.error);
  const { exitCode } = result.value;
  if (job.others !== undefined) return parseBatch(job, job.others, atom, result.value);
  if (atom.parse === undefined)
    return { kind: "done", exitCode, outcome: plainOutcome(result.value, job.context.tool.name) };
  const parsed = atom.parse(result.value, job.context);
  return parsed.ok ? done(job, exitCode, parsed.value) : broken(parsed.error);
}

function parseBatch(
  job: Job,
  others: NonNullable<Job["others"]>,
  atom: CommandAtom<unknown, JsonValue>,
  result: CommandResult,
): JobResult {
  const parsed = atom.batch?.parse(result, [job.context, ...others]);
  if (parsed?.ok === false) return broken(parsed.error);
  const [first, ...more] = parsed?.value ?? [];
  if (first === undefined || more.length !== others.length)
    return broken(noOutcome(job, `\`batch.parse\` gave ${String(parsed?.value.length ?? 0)} outcomes`));
  const problem = more.map(outcomeProblem).find((each) => each !== undefined);
  if (problem !== undefined) return broken(noOutcome(job, problem));
  const checked = done(job, result.exitCode, first);
  return checked.kind === "done" ? { ...checked, others: more } : checked;
}

async function runFunction(job: Job, atom: FunctionAtom<unknown, JsonValue>, host: SpawnHost): Promise<JobResult> {
  const exec = async (command: Command): ReturnType<Parameters<typeof createIo>[1]> => {
    if (command.files !== undefined) throw new UndeclaredAccess("a command of `exec` gives files; `write` makes them");
    const result = await runCommand(placeOf(job, command), command, [], host);
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };
  const recorded = createIo(job, exec, (text) => {
    host.log.line("stdout", text);
  });
  const returned = await atom.run(recorded.io, job.context);
  const problem = outcomeProblem(returned);
  if (problem !== undefined) return broken(noOutcome(job, problem));
  const outcome: Outcome = { ...returned, evidence: recorded.evidence(returned.evidence) };
  return done(job, outcome.status === "ok" ? 0 : 1, outcome);
}

/** Where a command of a function runs. */
function placeOf(job: Job, { at }: Command): Job {
  if (at === undefined) return job;
  if (job.base === undefined) throw new UndeclaredAccess("it works at the base and is not `withBase`");
  return { ...job, ...job.base };
}

function done(job: Job, exitCode: number, outcome: Outcome): JobResult {
  const problem = outcomeProblem(outcome);
  return problem === undefined ? { kind: "done", exitCode, outcome } : broken(noOutcome(job, problem));
}

function noOutcome({ atomId }: Job, problem: string): Diagnostic {
  return errorOf("SYM4015", `${atomId} of its plugin gave no outcome that can be used: ${problem}`, {
    hint: "this is an error of the plugin: tell its authors",
  });
}

function isFunction(atom: Atom): atom is FunctionAtom<unknown, JsonValue> {
  return "run" in atom;
}

function broken(diagnostic: Diagnostic): JobResult {
  return { kind: "broken", reason: diagnostic.message, diagnostic };
}

function unwritable({ atomId }: Job, error: unknown): Diagnostic {
  const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  return errorOf("SYM4021", `the log and the folder of ${atomId} cannot be written: ${why}`, {
    hint: "make room on the disk, or check the permissions of `.symbiotic`; then run again",
  });
}

/** The border at which a plugin's exception becomes a failure of its own task. */
function thrownBy(job: Job, thrown: unknown): Diagnostic {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const place =
    thrown instanceof Error ? /at .*?\(?((?:file:)?[^\s()]+:\d+:\d+)\)?/.exec(thrown.stack ?? "")?.[1] : undefined;
  if (thrown instanceof UndeclaredAccess) {
    return errorOf("SYM4007", `${job.atomId}: ${message}`, { hint: "declare it in the atom's `inputs` or `outputs`" });
  }
  return errorOf("SYM4006", `the plugin ${job.plugin} threw in ${job.atomId}: ${message.split("\n")[0] ?? ""}`, {
    ...(place === undefined ? {} : { notes: [`at ${place}`] }),
    hint: "this is an error of the plugin: tell its authors",
  });
}
