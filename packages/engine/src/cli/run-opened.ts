import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { RunAgents } from "../execute/edit-task.ts";
import type { Opened } from "../open.ts";
import type { KnownChange } from "../plan.ts";
import type { RunRequest } from "../request.ts";
import { run } from "../run.ts";
import { addedNames } from "../added-names.ts";
import { askedOf } from "./asked.ts";
import type { CliContext, CliOutput } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";
import { refusedFix } from "./fix/refused-fix.ts";
import { namedChange } from "./named-files.ts";
import { runRequest } from "./run-request.ts";

/** A run that is about to begin. */
export interface OpenedRun extends Pick<RunRequest, "command" | "graph" | "judging" | "kept" | "resume"> {
  readonly opened: Opened;
  readonly parsed: Parsed;
  readonly context: CliContext;
  /** What changed, where it is known already. */
  readonly changed?: KnownChange;
}

/** Carries out what `run` was asked for in a repository that is open: a run, or with `--dry-run` a look at one. */
export async function runOpened(asked: OpenedRun): Promise<Result<CliOutput, readonly Diagnostic[]>> {
  const { opened, parsed, context } = asked;
  const request = runRequest(parsed, context, opened.config.settings);
  if (!request.ok) return request;
  const named = asked.changed === undefined ? namedChange(parsed, context, opened) : ok(asked.changed);
  if (!named.ok) return named;
  if (parsed.flags.has("explain")) {
    const { explainIntents } = await import("./explain-intents.ts");
    return ok(explainIntents(opened));
  }
  const names = [...new Set([...request.value.names, ...addedNames(opened)])];
  const refused = refusedFix(names, opened);
  if (refused !== undefined) return fail([refused]);
  const narrowed = { ...request.value, names, ...(named.value === undefined ? {} : { changed: named.value }) };
  const dry = parsed.values.get("dry-run");
  if (dry !== undefined) {
    const { dryRun } = await import("./dry-run.ts");
    return dryRun(opened, narrowed, dry === "json" || parsed.flags.has("json"));
  }
  const { command, graph, judging, kept, resume } = asked;
  const journaled = {
    ...narrowed,
    asked: askedOf(parsed, context),
    ...(command === undefined ? {} : { command }),
    ...(graph === undefined ? {} : { graph }),
    ...(judging === undefined ? {} : { judging }),
    ...(kept === undefined ? {} : { kept }),
    ...(resume === undefined ? {} : { resume }),
  };
  const code = await run(opened, { ...journaled, agents: agentsOf(asked) });
  return code.ok ? ok({ exitCode: code.value }) : code;
}

/** One for the run, since what its agents use is counted together; loaded when a task is the first to ask one. */
function agentsOf({ opened, parsed, context }: OpenedRun): RunAgents {
  let asking: Promise<RunAgents> | undefined;
  return {
    async edit(task) {
      asking ??= import("./agent/edit-task.ts").then(({ runAgents }) =>
        runAgents(task.run, { opened, parsed, context }),
      );
      return (await asking).edit(task);
    },
    close: async () => (asking === undefined ? ok(undefined) : (await asking).close()),
  };
}
