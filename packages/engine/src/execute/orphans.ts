import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { ProcessStart } from "./job.ts";

/** When a process began, as the system tells it; empty where it has ended, or where nothing tells it. Linux. */
export function startTime(pid: number): string {
  return statOf(pid)?.start ?? "";
}

/**
 * The processes that one of these starts (JSON of `ProcessStart`) describes and that have lost their parent: each leads a
 * session of its own, as the engine starts them, and began after `since`. Linux.
 */
export function findOrphans(starts: readonly string[], since: string): readonly number[] {
  const wanted = starts.map((start) => JSON.parse(start) as ProcessStart);
  return processes().filter((pid) => {
    const stat = statOf(pid);
    // Who ends it has lost the same parent, and so has the same one now.
    if (stat?.session !== pid || stat.parent !== process.ppid || pid === process.pid) return false;
    return Number(stat.start) >= Number(since) && wanted.some((start) => isOf(pid, start));
  });
}

/** The processes that were given this value of a variable, whatever their parents and sessions are now. Linux. */
export function withVariable(name: string, value: string): readonly number[] {
  const given = `${name}=${value}\0`;
  return processes().filter((pid) => read(pid, "environ").includes(given));
}

/** A script is run by its interpreter, whose command line has the script's at its end. */
function isOf(pid: number, { cwd, program, args }: ProcessStart): boolean {
  const line = read(pid, "cmdline").replace(/\0$/, "");
  return line.endsWith(args) && line.includes(program) && cwdOf(pid) === cwd;
}

function processes(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

interface Stat {
  readonly parent: number;
  readonly session: number;
  readonly start: string;
}

function statOf(pid: number): Stat | undefined {
  // The name in front may hold blanks and brackets.
  const fields = read(pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
  const [, parent, , session] = fields;
  return fields.length < 20 ? undefined : { parent: Number(parent), session: Number(session), start: fields[19] ?? "" };
}

function cwdOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${String(pid)}/cwd`);
  } catch {
    return undefined;
  }
}

/** Empty where it has ended. */
function read(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, "utf8");
  } catch {
    return "";
  }
}
