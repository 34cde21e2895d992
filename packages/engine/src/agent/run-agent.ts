import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { captureEnd, type Captured } from "../execute/capture.ts";
import { endMarked, MARK } from "../execute/end-marked.ts";
import { lineBlocks, linesOf, type LineBlocks } from "../execute/line-blocks.ts";
import { startProcess } from "../execute/start-process.ts";
import type { AgentContext, AgentEvent, AgentFinish, AgentLine, AgentProcess, AgentRequest } from "../plugin/agent.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Drive } from "./drive.ts";
import { systemClock } from "./clock.ts";
import { isTooDeep, MOST_DEPTH } from "./json-depth.ts";
import { followFile, sizeNow, type Followed } from "./follow-file.ts";
import type { SessionLog } from "./session-log.ts";

/** A line of an agent holds whole files at times; what is longer is broken, and is told as that. */
const LONGEST_LINE = 8 * 1024 * 1024;
const LAST_WORDS = 16 * 1024;

/** What one process of an agent is run with, beside what its drive has. */
export interface AgentRun {
  readonly request: AgentRequest;
  /** Milliseconds until it is ended. */
  readonly timeoutMs: number;
  readonly log: SessionLog;
  /** Told what happens, not redacted; says how it ends, if it is to be ended. */
  readonly on: (event: AgentEvent) => AgentFinish | undefined;
}

/** Runs one process of an agent to its end, by itself or by us; nothing of it is left. */
export async function runAgent(drive: Drive, run: AgentRun): Promise<AgentFinish> {
  const context = contextOf(drive, run.request);
  const { agent } = drive;
  const made = guarded("its plugin's `command`", () => agent.command(context));
  if (!made.ok) return faulty(made.error);
  const command = made.value;
  mkdirSync(run.request.folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(command.files))
    writeFileSync(join(run.request.folder, name), text, { mode: 0o600 });
  const watch = watchAgent(drive, run);
  const mark = randomUUID();
  const follow = followSession(drive, context, (read) => handOn(read, taker));
  const taker: LineTaker = {
    keep: (kept) => watch.keep(kept),
    finish: (finish) => watch.stop(finish),
    event(event) {
      if (event.type === "session") follow.session(event.id, false);
      watch.take(event);
    },
  };
  if (run.request.resume !== undefined) follow.session(run.request.resume, true);
  const started = startProcess(
    drive.wrap?.(command.argv) ?? command.argv,
    { cwd: run.request.cwd, env: { ...drive.environment, ...command.env, [MARK]: mark }, stdin: command.stdin },
    drive.groups,
  );
  watch.started(started.pid);
  const stdout = readStream(started.stdout, run.log.open("stdout"), (line) => {
    if (isTooDeep(line)) taker.finish(tooDeep());
    else handOn(() => agent.read(line), taker);
  });
  const stderr = captureEnd(started.stderr, run.log.open("stderr"), LAST_WORDS);
  const ended = await started.ended;
  stdout.finish();
  stderr.finish();
  if (started.pid !== undefined) drive.groups.ended(started.pid);
  await endMarked(mark);
  // What it has come to counts, whatever it used for that.
  watch.end();
  follow.end();
  if (started.pid === undefined) return cannotStart(command.argv[0], ended.originalMessage);
  const decided = watch.finish();
  if (decided !== undefined) return decided;
  const left: AgentProcess = {
    exitCode: ended.exitCode ?? null,
    signal: ended.signal ?? null,
    kept: watch.kept,
    stderr: stderr.text(),
    wantsReply: run.request.reply !== undefined,
    endedAt: (drive.clock ?? systemClock).now(),
  };
  const finish = guarded("its plugin's `end`", () => agent.end(left));
  return finish.ok ? finish.value : faulty(finish.error);
}

/** The plugin did what it may not do. */
function faulty({ message }: Diagnostic): AgentFinish {
  return { kind: "ended", end: "crashed", message };
}

function tooDeep(): AgentFinish {
  return {
    kind: "ended",
    end: "crashed",
    message: `it printed JSON that is nested more than ${String(MOST_DEPTH)} deep`,
  };
}

function contextOf({ agent, options, tool, node, home, environment }: Drive, request: AgentRequest): AgentContext {
  const names = [...agent.variables, ...agent.signIn.variables];
  const variables = Object.fromEntries(names.flatMap((name) => pair(name, environment[name])));
  return { options, request, tool, node, home, variables };
}

function pair(name: string, value: string | undefined): [string, string][] {
  return value === undefined || value === "" ? [] : [[name, value]];
}

/** What ends a process before it has ended by itself. */
interface Watching {
  readonly kept: Readonly<Record<string, JsonValue>>;
  keep(kept: Readonly<Record<string, JsonValue>>): void;
  started(pid: number | undefined): void;
  take(event: AgentEvent): void;
  stop(finish: AgentFinish): void;
  finish(): AgentFinish | undefined;
  end(): void;
}

function watchAgent({ groups, signal }: Drive, { timeoutMs, on }: AgentRun): Watching {
  const kept: Record<string, JsonValue> = {};
  let [pid, decided]: [number | undefined, AgentFinish | undefined] = [undefined, undefined];
  let hasEnded = false;
  const stop = (finish: AgentFinish): void => {
    if (hasEnded) return;
    decided ??= finish;
    if (pid !== undefined) groups.terminate(pid);
  };
  const interrupt = (): void => stop({ kind: "ended", end: "crashed", message: "it was interrupted" });
  const late: AgentFinish = { kind: "ended", end: "timeout", message: "its time was up, and it was ended" };
  const timer = setTimeout(() => stop(late), timeoutMs);
  signal?.addEventListener("abort", interrupt);
  return {
    kept,
    stop,
    keep: (more) => void Object.assign(kept, more),
    started(id) {
      pid = id;
      if (signal?.aborted === true) interrupt();
    },
    take(event) {
      const finish = on(event);
      if (finish !== undefined) stop(finish);
    },
    finish: () => decided,
    end() {
      hasEnded = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", interrupt);
    },
  };
}

interface LineTaker {
  readonly keep: (kept: Readonly<Record<string, JsonValue>>) => void;
  readonly finish: (finish: AgentFinish) => void;
  readonly event: (event: AgentEvent) => void;
}

function handOn(read: () => AgentLine, taker: LineTaker): void {
  const line = guarded("its plugin's `read`", read);
  if (!line.ok) {
    taker.finish(faulty(line.error));
    return;
  }
  const { events, keep, finish } = line.value;
  if (keep !== undefined) taker.keep(keep);
  events.forEach(taker.event);
  if (finish !== undefined) taker.finish(finish);
}

/** Reads a stream line by line as it comes, and keeps its end. */
function readStream(stream: NodeJS.ReadableStream, log: LineBlocks, take: (line: string) => void): Captured {
  const lines = lineBlocks((block) => {
    for (const line of linesOf(block)) if (line.trim() !== "") take(line);
  }, LONGEST_LINE);
  stream.on("data", (chunk: Uint8Array) => {
    lines.push(chunk);
  });
  const captured = captureEnd(stream, log, LAST_WORDS);
  return {
    ...captured,
    finish() {
      lines.end();
      captured.finish();
    },
  };
}

/** The file of the session that is at work; a vendor that gives a session another id has another file. */
function followSession(
  { agent: { follows }, outside = (path) => path }: Drive,
  context: AgentContext,
  tell: (read: () => AgentLine) => void,
): { readonly session: (id: string, isOld: boolean) => void; readonly end: () => void } {
  let [of, followed]: [string | undefined, Followed | undefined] = [undefined, undefined];
  return {
    session(id, isOld) {
      if (follows === undefined || id === of) return;
      of = id;
      followed?.end();
      const seen = follows.file(id, context);
      const place = { ...seen, folder: outside(seen.folder) };
      followed = followFile(place, isOld ? sizeNow(place) : 0, (line) => {
        tell(() => follows.read(line));
      });
    },
    end: () => followed?.end(),
  };
}

function cannotStart(program: string, why = ""): AgentFinish {
  return { kind: "ended", end: "crashed", message: `${program} cannot be started: ${why.split("\n")[0] ?? ""}` };
}
