import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { AgentBudget, AgentEnd, AgentEvent, AgentFinish, AgentRequest } from "../plugin/agent.ts";
import { backOff, RETRIES } from "./back-off.ts";
import { systemClock, type Clock } from "./clock.ts";
import type { AgentResult, Drive } from "./drive.ts";
import { badSchema, endProblem } from "./end-problem.ts";
import { replyCheck, type CheckReply } from "./reply.ts";
import { runAgent } from "./run-agent.ts";
import { openSessionLog, shown, type SessionLog } from "./session-log.ts";
import { createTally, type Tally } from "./tally.ts";

/** What a session is asked when it was broken off. */
const GO_ON = "You were interrupted. Go on with the task where you were.";

/** Clocks differ, and a vendor that is asked at the very moment by all refuses most. */
const AFTER_RESET_MS = 1000;

/** What is known while an agent is driven. */
interface Driving {
  readonly drive: Drive;
  readonly clock: Clock;
  deadline: number;
  /** Milliseconds for which it may still wait for a limit to be reset. */
  patienceMs: number;
  readonly tally: Tally;
  readonly log: SessionLog;
  readonly denied: { readonly tool: string; readonly reason: string }[];
  session: string | undefined;
  starts: number;
}

/** How it came out, before it is told. */
interface Outcome {
  readonly end: AgentEnd;
  readonly problem?: Diagnostic;
  readonly text?: string;
  readonly reply?: JsonValue;
  readonly resetsAt?: string;
}

/**
 * Drives one agent to its end, with as many processes as that takes: what failed for the moment is tried again under the
 * deadline, and a reply that does not fit is asked for once more in the same session. What is over the budget or the time is
 * ended with all that it started. Rejects only for what is wrong with the log's folder.
 */
export async function driveAgent(drive: Drive): Promise<AgentResult> {
  const clock = drive.clock ?? systemClock;
  const begin = clock.now();
  const log = openSessionLog(drive.logFolder, drive.redactor);
  const driving: Driving = {
    drive,
    clock,
    log,
    deadline: begin + drive.request.budget.milliseconds,
    patienceMs: drive.waitMs ?? 0,
    tally: createTally(drive.prices ?? {}, drive.known),
    denied: [],
    session: drive.request.resume,
    starts: 0,
  };
  log.file("prompt.txt", drive.redactor.text(drive.request.prompt));
  const outcome = await outcomeOf(driving);
  const result = resultOf(driving, outcome, clock.now() - begin);
  log.file("result.json", `${JSON.stringify(result, undefined, 2)}\n`);
  log.close();
  return result;
}

async function outcomeOf(driving: Driving): Promise<Outcome> {
  const { request, agent } = driving.drive;
  const check = request.reply === undefined ? undefined : replyCheck(request.reply);
  if (check?.ok === false) return { end: "refused", problem: badSchema(agent.title, check.error) };
  const first = await answerTo(driving, request);
  const unfit = check === undefined ? first : fitted(first, check.value);
  if (unfit.kind !== "unfit" || driving.session === undefined) return told(driving, unfit);
  const again = await answerTo(driving, {
    ...request,
    resume: driving.session,
    prompt: askAgain(unfit.message, request),
  });
  return told(driving, check === undefined ? again : fitted(again, check.value));
}

function fitted(finish: AgentFinish, check: CheckReply): AgentFinish {
  if (finish.kind !== "answered") return finish;
  const checked = check(finish);
  return checked.ok ? { ...finish, reply: checked.value } : { kind: "unfit", message: checked.error };
}

function askAgain(error: string, { reply }: AgentRequest): string {
  return [
    "Your last message is not what was asked for:",
    error,
    "Answer again. Give nothing but JSON that fits this schema:",
    JSON.stringify(reply),
  ].join("\n");
}

/** Runs it until it has answered, or until there is no use in trying on. */
async function answerTo(driving: Driving, asked: AgentRequest): Promise<AgentFinish> {
  const { attempts, ...delays } = driving.drive.retries ?? RETRIES;
  let request = asked;
  let failures = 0;
  for (;;) {
    const ran = await once(driving, request);
    if (ran.finish.kind !== "ended") return ran.finish;
    if (await parked(driving, ran.finish)) {
      request = wentOn(driving, request, ran.hasWorked);
      continue;
    }
    if (ran.finish.isTransient !== true) return ran.finish;
    failures += 1;
    if (failures >= attempts) return { ...ran.finish, message: `${ran.finish.message} (tried ${times(failures)})` };
    const delay = backOff(failures, delays, { random: driving.clock.random(), waitMs: ran.finish.waitMs });
    if (driving.clock.now() + delay >= driving.deadline) return outOfTime(ran.finish, failures, delay);
    happened(driving, { type: "retry", reason: ran.finish.message, delayMs: delay });
    await driving.clock.sleep(delay, driving.drive.signal);
    request = wentOn(driving, request, ran.hasWorked);
  }
}

/** What it has done already is in its session; the same question again would have it done twice. */
function wentOn({ session }: Driving, request: AgentRequest, hasWorked: boolean): AgentRequest {
  return hasWorked && session !== undefined ? { ...request, resume: session, prompt: GO_ON } : request;
}

/** Waits until a usage limit is reset, where it may wait so long; that time is none of its budget. */
async function parked(driving: Driving, { end, resetsAt }: AgentFinish & { readonly kind: "ended" }): Promise<boolean> {
  const { drive, clock } = driving;
  const until = end === "usage-limit" && resetsAt !== undefined ? Date.parse(resetsAt) : Number.NaN;
  if (Number.isNaN(until) || drive.signal?.aborted === true) return false;
  const delay = Math.max(0, until - clock.now()) + (1 + clock.random()) * AFTER_RESET_MS;
  if (delay > driving.patienceMs) return false;
  happened(driving, { type: "parked", until: new Date(until).toISOString() });
  await clock.sleep(delay, drive.signal);
  driving.patienceMs -= delay;
  driving.deadline += delay;
  return true;
}

async function once(
  driving: Driving,
  request: AgentRequest,
): Promise<{ readonly finish: AgentFinish; readonly hasWorked: boolean }> {
  const { drive, tally, clock, deadline } = driving;
  const over = driving.starts === 0 ? undefined : tally.over(drive.request.budget);
  if (over !== undefined) return { finish: { kind: "ended", ...over }, hasWorked: false };
  tally.begin(request.resume !== undefined);
  driving.starts += 1;
  let hasWorked = false;
  const finish = await runAgent(drive, {
    request: { ...request, budget: leftOf(drive.request.budget, tally) },
    timeoutMs: Math.max(1, deadline - clock.now()),
    log: driving.log,
    on(event) {
      hasWorked ||= WORK.has(event.type);
      happened(driving, event);
      // The sum at the end is told when the work is done.
      const spent = event.type === "usage" && event.of === "call" ? tally.over(drive.request.budget) : undefined;
      return spent === undefined ? undefined : { kind: "ended", ...spent };
    },
  });
  return { finish, hasWorked };
}

const WORK: ReadonlySet<AgentEvent["type"]> = new Set(["tool-use", "command", "file-change"]);

/** What is left for a further process: a vendor counts each from nothing. */
function leftOf(budget: AgentBudget, tally: Tally): AgentBudget {
  const { usd = 0, turns } = tally.spent();
  return {
    ...budget,
    ...(budget.usd === undefined ? {} : { usd: Math.max(0.01, budget.usd - usd) }),
    ...(budget.turns === undefined ? {} : { turns: Math.max(1, budget.turns - turns) }),
  };
}

function happened(driving: Driving, event: AgentEvent): void {
  const { drive, tally, log, clock, denied } = driving;
  if (event.type === "usage") tally.take(event);
  if (event.type === "session") driving.session = event.id;
  if (event.type === "model") tally.model(event.name);
  const safe = shown(event, drive.redactor);
  if (safe.type === "denied") denied.push({ tool: safe.tool, reason: safe.reason });
  log.event(safe, clock.now());
  drive.on?.(safe);
}

function outOfTime(finish: AgentFinish & { readonly kind: "ended" }, failures: number, delay: number): AgentFinish {
  const message = `${finish.message} (tried ${times(failures)}; there is no time left for another try in ${(delay / 1000).toFixed(1)} s)`;
  return { kind: "ended", end: "timeout", message };
}

function times(count: number): string {
  return count === 1 ? "once" : `${String(count)} times`;
}

function told({ drive: { agent, redactor } }: Driving, finish: AgentFinish): Outcome {
  if (finish.kind === "answered") {
    const { text, reply } = finish;
    return { end: "done", text: redactor.text(text), ...(reply === undefined ? {} : { reply: redactor.deep(reply) }) };
  }
  const end = finish.kind === "unfit" ? "bad-reply" : finish.end;
  const message = finish.kind === "unfit" ? `its reply does not fit: ${finish.message}` : finish.message;
  const resetsAt = finish.kind === "ended" ? finish.resetsAt : undefined;
  const problem = endProblem(agent.title, end, redactor.text(message));
  return { end, problem, ...(resetsAt === undefined ? {} : { resetsAt }) };
}

function resultOf({ tally, session, starts, denied }: Driving, outcome: Outcome, durationMs: number): AgentResult {
  const { usage, usd, isEstimate, turns } = tally.spent();
  const totals = tally.totals();
  return {
    ...outcome,
    ...(session === undefined ? {} : { session }),
    ...(totals === undefined ? {} : { totals }),
    usage,
    ...(usd === undefined ? {} : { cost: { usd, ...(isEstimate ? { estimate: true as const } : {}) } }),
    turns,
    starts,
    denied,
    durationMs,
  };
}
