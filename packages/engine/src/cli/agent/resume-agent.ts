import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import { ago } from "../ago.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { table } from "../table.ts";
import { askAndTell } from "./ask-and-tell.ts";
import { askedByFlags, type Asked, type AskedByFlags } from "./asked.ts";
import { agentsPlace } from "./edit-request.ts";
import { recordsOf, type SessionRecord } from "./session-record.ts";

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

/** What the agent of a session is told that goes on. */
export const GO_ON = "You were stopped before the task was done. Go on with it where you were.";

/** `symbiotic agent resume`: goes on with a session as it was asked for; the last that was broken off where none is named. */
export async function resumeAgent(session: string | undefined, parsed: Parsed, context: CliContext): Output {
  const flags = askedByFlags(parsed);
  if (!flags.ok) return fail([flags.error]);
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const { root } = opened.value.repository;
  const records = recordsOf(agentsPlace(root, context), root);
  const record = records.find((each) => (session === undefined ? !each.isOver : each.session === session));
  if (record === undefined) return fail([nothingToResume(session)]);
  return askAndTell(wentOn(record, flags.value), { opened: opened.value, parsed, context });
}

/** `symbiotic agent sessions`: those that can be gone on with, newest first. */
export function listSessions(context: CliContext): Result<CliOutput, readonly Diagnostic[]> {
  const repository = openRepository(context.cwd, context.environment.variables);
  if (!repository.ok) return fail([repository.error]);
  const { root } = repository.value;
  const records = recordsOf(agentsPlace(root, context), root);
  const now = Date.now();
  return ok({
    exitCode: EXIT.passed,
    text: records.length === 0 ? "no session is kept here" : table(records.map((record) => rowOf(record, now))),
    json: records.map(({ agent, session, endedAt, end, isOver, resetsAt, asked }) => ({
      ...{ agent, session, endedAt, end, isOver, task: asked.task },
      ...(resetsAt === undefined ? {} : { resetsAt }),
    })),
  });
}

function rowOf({ agent, session, endedAt, end, isOver, resetsAt, asked }: SessionRecord, now: number): string[] {
  const state = isOver ? "over" : resetsAt === undefined ? end : `parked until ${resetsAt.slice(0, 16)}Z`;
  const [first = ""] = asked.task.split("\n");
  return [agent, session, ago(now - Date.parse(endedAt)), state, first.slice(0, 60)];
}

/** As it was asked for; what flags say now counts. */
function wentOn({ agent, session, asked }: SessionRecord, flags: AskedByFlags): Asked {
  const said = Object.fromEntries(Object.entries(flags.budget).filter(([, value]) => value !== undefined));
  return {
    ...asked,
    ...flags,
    ...{ agent, session, task: GO_ON },
    budget: { ...asked.budget, ...said },
    unsandboxed: asked.unsandboxed || flags.unsandboxed,
  };
}

function nothingToResume(session: string | undefined): Diagnostic {
  const what = session === undefined ? "no session was broken off here" : `no session ${session} is kept here`;
  return errorOf("SYM5113", what, {
    hint: "`symbiotic agent sessions` lists those that are kept: two weeks after their last use, for the repository in which they began",
  });
}
