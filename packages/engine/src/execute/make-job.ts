import { join } from "node:path";
import type { RepoPath } from "../core/path.ts";
import { taskFolder } from "../core/task-id.ts";
import type { Hold } from "../fingerprint/tool/hold.ts";
import type { Variables } from "../fingerprint/variables.ts";
import { ownedPaths } from "../graph/ownership.ts";
import type { Task } from "../graph/task.ts";
import { secretValuesOf } from "../redact/secret-name.ts";
import type { Job } from "./job.ts";
import { NOTHING_KNOWN, partsOf } from "./known-parts.ts";
import type { Prepared } from "./prepare.ts";

/** What a job is made with beside the task. */
export interface JobHost {
  readonly root: string;
  readonly environment: Variables;
  /** The run's folder, from the repository root. */
  readonly runFolder: string;
  /** Holds each process; without it they run as the user does. */
  readonly hold?: Hold;
}

/** A prepared task for a worker. `known`: what its process is told of its parts; nothing, where it is not said. */
export function makeJob(task: Task, prepared: Prepared, host: JobHost, known: string = NOTHING_KNOWN): Job {
  const { plugin } = task;
  const file = partsOf(task)?.known;
  const job: Job = {
    ref: plugin.ref,
    options: plugin.options,
    identity: plugin.identity,
    plugin: plugin.name,
    atomId: task.atomId,
    ...(task.template === undefined ? {} : { template: task.template }),
    isPlain: "command" in task.atom && task.atom.parse === undefined,
    context: prepared.context,
    ...(prepared.command === undefined ? {} : { command: prepared.command }),
    ...(file === undefined ? {} : { known: { file, text: known } }),
    root: host.root,
    substitutions: prepared.found?.substitutions ?? {},
    variables: prepared.variables.given,
    outDirectory: join(host.root, ...prepared.context.out.split("/")),
    logFile: join(host.root, ...logPath(task, host).split("/")),
    secretValues: secretsOf(host.environment),
    // Only a function asks for them, and there may be many.
    inputs: prepared.command === undefined ? prepared.fingerprint.paths() : [],
    outputs: ownedPaths(task),
  };
  const { outDirectory, substitutions } = job;
  if (host.hold === undefined) return job;
  return { ...job, held: host.hold({ programs: Object.values(substitutions), writes: [outDirectory] }) };
}

/** Where a task's log lies, from the repository root. */
export function logPath(task: Pick<Task, "id">, { runFolder }: Pick<JobHost, "runFolder">): RepoPath {
  return `${runFolder}/logs/${taskFolder(task.id)}.log`;
}

const secrets = new WeakMap<Variables, readonly string[]>();

function secretsOf(environment: Variables): readonly string[] {
  const known = secrets.get(environment) ?? secretValuesOf(environment);
  secrets.set(environment, known);
  return known;
}
