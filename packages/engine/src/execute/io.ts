import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import type { Evidence, Finding, Metric, TestOutcome } from "../core/evidence.ts";
import { type RepoPath, absolutePath, isInside, parentOf } from "../core/path.ts";
import type { Command, CommandResult, Io } from "../plugin/atom.ts";
import { matcher } from "../workspace/match.ts";
import type { Job } from "./job.ts";

/** A call of a plugin's `run` that its declaration does not allow; the task fails and the path is named. */
export class UndeclaredAccess extends Error {
  override readonly name = "UndeclaredAccess";
}

/** What of a job its access is made of. */
export type IoJob = Pick<Job, "root" | "inputs" | "outputs" | "context" | "variables">;

/** An `Io` for one task, with what was reported through it. */
export interface RecordedIo {
  readonly io: Io;
  /** The evidence that the plugin returned, with what it reported added. */
  evidence(returned: Evidence): Evidence;
}

/** The access that a job's `run` has: declared inputs, declared outputs, its own folder, declared variables. */
export function createIo(
  job: IoJob,
  exec: (command: Command) => Promise<CommandResult>,
  progress: (text: string) => void,
): RecordedIo {
  const inputs = new Set(job.inputs);
  const isOutput = (path: RepoPath): boolean => job.outputs.some((owned) => isInside(owned, path));
  const findings: Finding[] = [];
  const metrics: Metric[] = [];
  const tests: TestOutcome[] = [];
  const writable = (path: RepoPath): string | Buffer => {
    if (!isInside(job.context.out, path) && !isOutput(path))
      throw new UndeclaredAccess(`it wrote ${path}, which is none of its outputs`);
    return absolutePath(job.root, path);
  };
  const io: Io = {
    async read(path) {
      if (!inputs.has(path)) throw new UndeclaredAccess(`it read ${path}, which is none of its inputs`);
      return readFile(absolutePath(job.root, path), "utf8");
    },
    list: (glob) => Promise.resolve(job.inputs.filter(matcher([glob]))),
    async write(path, text) {
      const place = writable(path);
      await mkdir(absolutePath(job.root, parentOf(path)), { recursive: true });
      await writeFile(place, text);
    },
    async remove(path) {
      await rm(writable(path), { recursive: true, force: true });
    },
    exec,
    env(name) {
      if (!(name in job.variables)) return undefined;
      return job.variables[name];
    },
    report(item) {
      if ("finding" in item) findings.push(item.finding);
      else if ("metric" in item) metrics.push(item.metric);
      else if ("test" in item) tests.push(item.test);
      else progress(item.progress);
    },
  };
  const added = <T>(own: readonly T[] | undefined, reported: readonly T[]): readonly T[] => [
    ...(own ?? []),
    ...reported,
  ];
  return {
    io,
    evidence: (returned) => ({
      ...returned,
      ...(findings.length > 0 ? { findings: added(returned.findings, findings) } : {}),
      ...(metrics.length > 0 ? { metrics: added(returned.metrics, metrics) } : {}),
      ...(tests.length > 0 ? { tests: added(returned.tests, tests) } : {}),
    }),
  };
}
