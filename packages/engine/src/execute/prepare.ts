import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { taskFolder } from "../core/task-id.ts";
import type { Fingerprint, Fingerprints } from "../fingerprint/compute.ts";
import type { ProjectClosures } from "../fingerprint/project-closures.ts";
import type { Produced } from "../fingerprint/record.ts";
import type { Missing } from "../fingerprint/tool/find-tool.ts";
import type { FoundTool } from "../fingerprint/tool/found-tool.ts";
import type { TaskVariables, Variables } from "../fingerprint/variables.ts";
import type { InputSet } from "../graph/input-set.ts";
import { inputSets } from "../graph/inputs.ts";
import type { Task } from "../graph/task.ts";
import type { Command, CommandContext, Inputs } from "../plugin/atom.ts";
import type { ResolvedTool, ToolSpec } from "../plugin/tool.ts";
import { REDACTION_VERSION } from "../redact/redact.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { guarded } from "../plugin/guarded.ts";

/** A task with everything that its key and its start need. */
export interface Prepared {
  readonly context: CommandContext<JsonValue, JsonValue>;
  readonly command?: Command & { readonly cwd: RepoPath };
  readonly found: FoundTool | undefined;
  readonly declared: Inputs;
  readonly sets: readonly InputSet[];
  readonly variables: TaskVariables;
  readonly fingerprint: Fingerprint;
}

/** Why a task cannot be prepared. */
export type Unprepared =
  | { readonly kind: "skipped"; readonly reason: string }
  | { readonly kind: "broken"; readonly diagnostics: readonly Diagnostic[] };

/** What preparing draws on. */
export interface PrepareHost {
  /** Absolute, native separators. */
  readonly root: string;
  readonly workspace: Workspace;
  readonly fingerprints: Fingerprints;
  readonly closures: ProjectClosures;
  readonly environment: Variables;
  /** Divides the environment by what a task declares. */
  readonly variables: (declared: readonly string[]) => TaskVariables;
  /** Arguments from the command line, for the end of the one wanted atom's command. */
  readonly arguments: { readonly atom: string; readonly words: readonly string[] } | undefined;
  /** The files that changed and are there; `null` where nothing is compared. */
  readonly changed: readonly RepoPath[] | null;
  readonly findTool: (task: Task, specs: readonly ToolSpec[]) => Result<FoundTool, Missing>;
}

/** Asks the atom's pure hooks and computes the key. */
export function prepare(task: Task, upstream: readonly Produced[], host: PrepareHost): Result<Prepared, Unprepared> {
  if (task.atom.withBase === true && host.changed === null)
    return fail({ kind: "skipped", reason: "it compares with a base (`--affected`)" });
  const hooks = guarded(`${task.id}: tools`, () => task.atom.tools?.(task.context));
  if (!hooks.ok) return fail({ kind: "broken", diagnostics: [hooks.error] });
  const found = hooks.value === undefined ? undefined : host.findTool(task, hooks.value);
  if (found !== undefined && !found.ok) return fail(notFound(found.error));
  const tool = found?.value.resolved ?? noTool(task);
  const change = task.atom.ofChange === true ? { changed: host.changed } : {};
  const context = { ...task.context, ...change, tool, out: `.symbiotic/out/${taskFolder(task.id)}` };
  const asked = guarded(`${task.id}: inputs or command`, () => ({
    declared: task.atom.inputs(task.context),
    sets: inputSets(task, host.workspace),
    command: "command" in task.atom ? completed(task.atom.command(context), task, host.arguments) : undefined,
  }));
  if (!asked.ok) return fail({ kind: "broken", diagnostics: [asked.error] });
  const { declared, sets, command } = asked.value;
  const variables = host.variables(declared.variables ?? []);
  // What a hook gave may be no JSON at all.
  const keyed = guarded(`${task.id}: inputs or command`, () =>
    host.fingerprints.compute({
      task,
      sets,
      ...(command === undefined ? {} : { command }),
      variables: variables.keyed,
      tool: found?.ok === true ? { name: tool.name, version: tool.version, identity: found.value.identity } : null,
      declared,
      platform: { os: process.platform, cpu: process.arch },
      redaction: REDACTION_VERSION,
      neighbours: host.closures.neighbours(task.project),
      ...(declared.resolved === true ? { resolved: host.closures.resolved(task.project) } : {}),
      upstream,
    }),
  );
  const fingerprint = keyed.ok ? keyed.value : fail([keyed.error]);
  if (!fingerprint.ok) return fail({ kind: "broken", diagnostics: fingerprint.error });
  return ok({
    context,
    found: found?.ok === true ? found.value : undefined,
    declared,
    sets,
    variables,
    fingerprint: fingerprint.value,
    ...(command === undefined ? {} : { command }),
  });
}

function completed(command: Command, task: Task, more: PrepareHost["arguments"]): Command & { readonly cwd: RepoPath } {
  const words = more?.atom === task.atomId ? more.words : [];
  return {
    ...command,
    argv: [command.argv[0], ...command.argv.slice(1), ...words],
    cwd: command.cwd ?? task.project.root,
  };
}

function noTool(task: Task): ResolvedTool {
  return { name: task.plugin.name, version: "", advisory: false, detected: [], argv: ["{tool}"], origin: "built in" };
}

/** Where it cannot be told whether a tool is there, nothing was checked. */
function notFound(missing: Missing): Unprepared {
  if (missing.hidden !== undefined) return { kind: "broken", diagnostics: [missing.hidden] };
  return { kind: "skipped", reason: notInstalled(missing) };
}

function notInstalled(missing: Missing): string {
  const names = missing.names.join(", ");
  return `not installed (${names})${missing.canInstall ? "; `symbiotic doctor --install` brings it" : ""}`;
}
