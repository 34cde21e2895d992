import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { EXIT } from "../core/status.ts";
import { applyChanges, contentAt } from "../guard/apply/apply-changes.ts";
import { findResumable, type Resumable } from "../journal/resumable.ts";
import type { CommandIo, OfferedCommand, Parsed, WorkflowRan } from "../plugin/command.ts";
import type { Workflow } from "../plugin/workflow.ts";
import { matcher } from "../workspace/match.ts";
import { plannedSteps, stepGraph } from "../workflow/step-graph.ts";
import type { CallTools } from "./agent/ask-agent.ts";
import type { CliCommand, CliContext, CliOutput } from "./command.ts";
import { keptState, keptWorkflow } from "./kept-workflow.ts";
import { openWorkspace } from "./open-workspace.ts";
import { table } from "./table.ts";
import { userFiles } from "./user-files.ts";

/** A command that a package offers, as one of the command line. */
export function offeredCommand(command: OfferedCommand): CliCommand {
  const { run, ...spec } = command;
  return {
    ...spec,
    async run(given, context) {
      const opened = await openWorkspace(given, context);
      if (!opened.ok) return opened;
      const resumed = resumedFrom(command.name, given, opened.value.repository.root);
      if (!resumed.ok) return fail([resumed.error]);
      const { parsed, resume } = resumed.value;
      const answer = await run(parsed, ioFor(command.name, { opened: opened.value, parsed, context, resume }));
      if (!answer.ok) return answer;
      const { passed, json, text } = answer.value;
      return ok({
        exitCode: passed ? EXIT.passed : EXIT.failed,
        ...(json === undefined ? {} : { json }),
        ...(text === undefined ? {} : { text }),
      } satisfies CliOutput);
    },
  };
}

/** A command line, and the run that it goes on with. */
interface Resumed {
  readonly parsed: Parsed;
  readonly resume: Resumable | undefined;
}

/** With `--resume`, a flag that a command may offer, the command line is that of the run that is gone on with. */
function resumedFrom(command: string, given: Parsed, root: string): Result<Resumed, Diagnostic> {
  const wanted = given.values.get("resume");
  if (wanted === undefined) return ok({ parsed: given, resume: undefined });
  const found = findResumable(root, wanted, command);
  if (!found.ok) return found;
  const { positionals, flags, values, lists, rest } = found.value.asked;
  const [other] = given.positionals;
  // `status --resume` shall not run what is only to be looked at.
  if (other !== undefined && other !== positionals[0]) return fail(otherThan(found.value.id, command, other));
  const parsed: Parsed = {
    ...{ positionals, rest, values: new Map(Object.entries(values)), lists: new Map(Object.entries(lists)) },
    flags: new Set([...flags, ...given.flags]),
  };
  return ok({ parsed, resume: found.value });
}

function otherThan(id: string, command: string, other: string): Diagnostic {
  return errorOf("SYM2020", `\`${command} ${other}\` is not what ${id} was asked for`, {
    hint: `\`symbiotic ${command} run --resume\` goes on with it`,
  });
}

function ioFor(name: string, tools: CallTools & Pick<Resumed, "resume">): CommandIo {
  const { opened, context, resume } = tools;
  const { repository, texts, config } = opened;
  const settings = config.settings as Readonly<Record<string, CommandIo["settings"]>>;
  return {
    files: opened.files.map(({ path }) => path),
    matcher,
    read: (path) => texts.source(path)?.text,
    settings: settings[name],
    branch: repository.branch,
    write: (edits) => write(edits, repository.root, context),
    user: userFiles(context.environment.home),
    plan: planned,
    unready: async ({ platforms = [] }) => {
      const { unreadyPlatforms } = await import("./workflow/unready-platforms.ts");
      return unreadyPlatforms(platforms, tools, "look");
    },
    resumed: resume === undefined ? undefined : keptState(resume.journal, resume),
    kept: (run) => keptWorkflow(repository.root, run, name),
    run: (workflow, how) => runOf(name, workflow, { how, tools }),
  };
}

function write(
  edits: Parameters<CommandIo["write"]>[0],
  root: string,
  { signal }: CliContext,
): Promise<Result<void, Diagnostic>> {
  const file = (text: string): { kind: "file"; executable: false; bytes: Buffer } => ({
    ...{ kind: "file", executable: false, bytes: Buffer.from(text) },
  });
  const changes = edits.map(({ path, before, after }) => {
    const now = contentAt(root, path);
    const isSame = now?.bytes.equals(Buffer.from(before)) === true;
    return {
      path,
      before: isSame ? now : file(before),
      after: { ...file(after), executable: now?.executable === true },
    };
  });
  return applyChanges({ root, id: `edits-${String(process.pid)}`, changes, signal });
}

function planned(workflow: Workflow): ReturnType<CommandIo["plan"]> {
  const graph = stepGraph(workflow);
  if (!graph.ok) return graph;
  const tasks = plannedSteps(graph.value);
  const rows = tasks.map(({ level, project, title, dependsOn }) => [
    ...[`  ${String(level)}`, project, title],
    dependsOn.length === 0 ? "" : `after ${dependsOn.join(", ")}`,
  ]);
  return ok({
    text: table([["level", "subject", "step", ""], ...rows]),
    json: tasks.map((task) => ({ ...task, dependsOn: [...task.dependsOn] })),
  });
}

async function runOf(
  command: string,
  workflow: Workflow,
  {
    how,
    tools,
  }: { readonly how: Parameters<CommandIo["run"]>[1]; readonly tools: CallTools & Pick<Resumed, "resume"> },
): Promise<Result<WorkflowRan, readonly Diagnostic[]>> {
  const { root } = tools.opened.repository;
  const { resume } = tools;
  const { runWorkflow } = await import("./workflow/run-workflow.ts");
  const ran = await runWorkflow({ ...how, workflow, command, ...(resume === undefined ? {} : { resume }) }, tools);
  if (!ran.ok) return ran;
  const { exitCode, ends, folder } = ran.value;
  const kept = keepReports(join(root, folder), how.reports?.(ends) ?? {});
  if (!kept.ok) return fail([kept.error]);
  return ok({ passed: exitCode === EXIT.passed, ends, folder });
}

function keepReports(folder: string, reports: Readonly<Record<string, string>>): Result<void, Diagnostic> {
  try {
    for (const [name, text] of Object.entries(reports)) writeFileSync(join(folder, name), text);
    return ok(undefined);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return fail(errorOf("SYM7503", `what is kept of the run cannot be written: ${why}`, { hint: "the results stand" }));
  }
}
