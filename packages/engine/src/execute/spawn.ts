import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, sep } from "node:path";
import { execa } from "execa";
import fastGlob from "fast-glob";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Command, CommandResult } from "../plugin/contract.ts";
import type { Job } from "./job.ts";
import { lineSplitter } from "./lines.ts";
import type { LogWriter } from "./log-writer.ts";

/** More than this of one stream is not handed to `parse`: what is machine-readable is then not whole. */
const CAPTURED = 128 * 1024 * 1024;

/** What spawning tells and needs. */
export interface SpawnHost {
  readonly log: LogWriter;
  readonly started: (pid: number) => void;
  readonly ended: (pid: number) => void;
}

/** Runs a command to its end in a process group of its own, with its input closed. An error says why there is no usable result. */
export async function runCommand(job: Job, command: Command, reads: readonly string[], host: SpawnHost): Promise<Result<CommandResult, Diagnostic>> {
  const [program = "", ...args] = command.argv.map((argument) => substitute(argument, job.substitutions));
  const cwd = join(job.root, ...(command.cwd ?? job.context.project.root).split("/"));
  const subprocess = execa(program, args, {
    cwd,
    env: { ...job.variables, ...command.env },
    extendEnv: false,
    preferLocal: false,
    reject: false,
    buffer: false,
    detached: process.platform !== "win32",
    cleanup: false,
    windowsHide: true,
    ...(command.stdin === undefined ? { stdin: "ignore" as const } : { input: command.stdin }),
  });
  const pid = subprocess.pid;
  if (pid !== undefined) host.started(pid);
  const stdout = capture(subprocess.stdout, (line) => {
    if (command.stdout !== "data") host.log.line("stdout", line);
  });
  const stderr = capture(subprocess.stderr, (line) => {
    host.log.line("stderr", line);
  });
  const result = await subprocess;
  if (pid !== undefined) host.ended(pid);
  if (pid === undefined) return fail(cannotStart(program, result.originalMessage ?? ""));
  if (result.signal !== undefined) return fail(errorOf("SYM4003", `the process of ${job.atomId} was ended by ${result.signal}`, { hint: "the log shows what it printed before" }));
  if (stdout.overflowed() || stderr.overflowed()) return fail(errorOf("SYM4004", `${command.argv[0]} printed more than ${String(CAPTURED / 1024 / 1024)} MiB; its result is not whole`));
  const portable = portableText(job.root);
  return ok({ exitCode: result.exitCode ?? -1, stdout: portable(stdout.text()), stderr: portable(stderr.text()), files: readFiles(job, reads, portable) });
}

/** Puts programs in the place of tokens. */
export function substitute(argument: string, substitutions: Readonly<Record<string, string>>): string {
  return argument.replace(/\{(?:tool|python|node|module)\}/g, (token) => substitutions[token] ?? token);
}

/** Absolute places in the repository become `{root}/…`, so that what is parsed is the same in every checkout. */
export function portableText(root: string): (text: string) => string {
  const native = root.endsWith(sep) ? root : root + sep;
  if (sep === "/") return (text) => text.replaceAll(native, "{root}/");
  const escaped = native.replaceAll("\\", "\\\\");
  const forward = native.replaceAll("\\", "/");
  return (text) => [escaped, native, forward].reduce((all, form) => all.replaceAll(form, "{root}/"), text);
}

/** Makes the task's own folder, empty. */
export function emptyDirectory(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
}

/** What the tool did not write is left out: `parse` knows what that means. */
function readFiles({ outDirectory }: Job, reads: readonly string[], portable: (text: string) => string): Record<string, string> {
  if (reads.length === 0) return {};
  const names = fastGlob.sync([...reads], { cwd: outDirectory, dot: true, onlyFiles: true, followSymbolicLinks: false });
  return Object.fromEntries(names.sort(byCodeUnit).map((name) => [name, portable(readFileSync(join(outDirectory, name), "utf8"))]));
}

interface Captured {
  readonly text: () => string;
  readonly overflowed: () => boolean;
}

function capture(stream: NodeJS.ReadableStream | null, take: (line: string) => void): Captured {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const lines = lineSplitter(take);
  stream?.on("data", (chunk: Uint8Array) => {
    size += chunk.length;
    if (size <= CAPTURED) chunks.push(chunk);
    lines.push(chunk);
  });
  stream?.on("end", () => {
    lines.end();
  });
  return { text: () => Buffer.concat(chunks).toString("utf8"), overflowed: () => size > CAPTURED };
}

function cannotStart(program: string, why: string): Diagnostic {
  return errorOf("SYM4002", `${program} cannot be started: ${why.split("\n")[0] ?? ""}`, { hint: "`symbiotic doctor` shows where tools are looked for" });
}
