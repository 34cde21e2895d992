import { tmpdir } from "node:os";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { TaskId } from "../../core/task-id.ts";
import type { JsonValue } from "../../core/json.ts";
import type { Cache } from "../../cache/cache.ts";
import { openCache } from "../../cache/open-cache.ts";
import { createExecutor, type Executor } from "../../execute/executor.ts";
import { lookUpTask, type LookupHost } from "../../execute/look-up-task.ts";
import { createLookupHost } from "../../execute/lookup-host.ts";
import { keptText } from "../../execute/replay.ts";
import type { TaskResult } from "../../execute/task-result.ts";
import type { Memo } from "../../fingerprint/tool/memo.ts";
import type { Task } from "../../graph/task.ts";
import { lookupParts } from "../../lookup.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import { plan, type Plan } from "../../plan.ts";
import type { RunRequest } from "../../request.ts";
import { listIgnored } from "../../staged/ignored-files.ts";
import type { Bubblewrap } from "../../guard/sandbox/find-bubblewrap.ts";
import { bubblewrapFor } from "../../verify/bubblewrap.ts";
import { createInstalledCopies, type InstalledCopies } from "../../verify/installed-copies.ts";
import { createPlace, type VerifyPlace } from "../../verify/place.ts";
import { layOut, provide } from "../../verify/provide.ts";
import { ownedBefore, subjectOf } from "../../verify/subject.ts";
import type { Verdict } from "../../verify/verdict.ts";
import type { VerifyHost } from "../../verify/verify-host.ts";
import { verifyTask } from "../../verify/verify-task.ts";

/** What was found of one task. */
export interface Verified extends Verdict {
  readonly task: TaskId;
}

/** What was found of all, and how they were isolated. */
export interface VerifiedTasks {
  readonly tasks: readonly Verified[];
  readonly bubblewrap: Bubblewrap;
}

/** What to verify and whom to tell. */
export interface VerifyRequest {
  readonly opened: Opened;
  readonly request: RunRequest;
  /** Whether a task of the plan is meant; the others come before one that is. */
  readonly isMeant: (task: Task) => boolean;
  /** That bubblewrap is not to be used. */
  readonly copied: boolean;
  readonly progress: (text: string) => void;
}

/** Verifies tasks in the order of the graph. The cache is looked into and nothing is kept; all that is made lies in a temporary folder, which is gone at the end. */
export async function verifyTasks(asked: VerifyRequest): Promise<Result<VerifiedTasks, readonly Diagnostic[]>> {
  const { opened, request } = asked;
  const planned = plan(opened, request);
  if (!planned.ok) return planned;
  const made = createPlace(opened.repository.root, tmpdir());
  if (!made.ok) return fail([made.error]);
  using place = made.value;
  const { cache } = openCache(cacheDirectory(opened, request.cacheDir));
  const executor = createExecutor(1);
  const installed = createInstalledCopies({
    root: opened.repository.root,
    tree: place.tree,
    copies: place.packages,
    projects: opened.workspace.projects.map((each) => each.root),
  });
  const interrupt = (): void => void executor.interrupt();
  request.signal.addEventListener("abort", interrupt, { once: true });
  const tools = { root: opened.repository.root, env: request.environment, home: request.home };
  const bubblewrap = asked.copied ? { why: "--copied" } : bubblewrapFor(tools, place);
  try {
    return ok({
      tasks: await verifyAll({ asked, plan: planned.value, cache, place, executor, bubblewrap, installed }),
      bubblewrap,
    });
  } finally {
    request.signal.removeEventListener("abort", interrupt);
    await executor.close();
    cache.close();
  }
}

interface Parts {
  readonly asked: VerifyRequest;
  readonly plan: Plan;
  readonly cache: Cache;
  readonly place: VerifyPlace;
  readonly executor: Executor;
  readonly bubblewrap: Bubblewrap;
  readonly installed: InstalledCopies;
}

async function verifyAll(parts: Parts): Promise<readonly Verified[]> {
  const { asked, plan: planned, cache } = parts;
  const { request, opened, isMeant, progress } = asked;
  const results = new Map<TaskId, TaskResult>();
  const { host: lookup, save } = createLookupHost({ ...lookupParts(opened, request, planned), cache, results });
  const found: Verified[] = [];
  for (const [index, task] of planned.graph.order.entries()) {
    if (request.signal.aborted) break;
    const place = `${String(index + 1)}/${String(planned.graph.order.length)} ${task.id}`;
    const host = hostOf(parts, lookup, (runs) => {
      progress(runs < 2 ? place : `${place}: run ${String(runs)}`);
    });
    progress(place);
    const settled = await told(() => settle(task, { host, lookup, results, parts }));
    if (isMeant(task)) found.push({ task: task.id, ...settled });
  }
  save();
  return found;
}

interface Settling {
  readonly host: VerifyHost;
  readonly lookup: LookupHost;
  readonly results: Map<TaskId, TaskResult>;
  readonly parts: Parts;
}

/** What the file system refuses costs this task its verdict and no other. */
async function told(act: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await act();
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return without("unverified", `the file system refuses it: ${thrown.message}`);
  }
}

/** Verifies one task if it is meant, and makes its result known to those after it. */
async function settle(task: Task, { host, lookup, results, parts }: Settling): Promise<Verdict> {
  const { asked, plan: planned, cache } = parts;
  const failed = task.dependsOn.find((id) => isLost(results.get(id)));
  if (failed !== undefined) return without("unverified", `it waits for ${failed}, which did not end well`);
  if (task.atom.kind === "edit" || task.atom.kind === "effect")
    return without("skipped", `a task of kind ${task.atom.kind} is never run to be verified`);
  const looked = lookUpTask(task, lookup);
  const { prepared, record } = "settled" in looked ? looked.settled : { ...looked.miss, record: undefined };
  if ("settled" in looked) results.set(task.id, looked.settled);
  if (prepared === undefined) return notRun(results.get(task.id));
  const before = ownedBefore(task, (id) => planned.graph.task(id));
  const subject = subjectOf(task, prepared, { before, host });
  if (record !== undefined) {
    if (planned.graph.dependents(task.id).length > 0 && !layOut(record, cache, host))
      return without("unverified", "its outputs are no longer in the cache");
    return asked.isMeant(task)
      ? verifyTask(subject, { record, log: keptText(record, "log", cache) }, host)
      : without("same", "");
  }
  const provided = await provide(subject, host);
  results.set(task.id, provided.result);
  return asked.isMeant(task) ? verifyTask(subject, provided, host) : without("same", "");
}

/** Whether what waits for it cannot run; what a plugin skipped had nothing to do. */
function isLost(result: TaskResult | undefined): boolean {
  return result === undefined || !(result.status === "ok" || result.skippedBy === "plugin");
}

/** Of a task that is not run here, or cannot be. */
function notRun(result: TaskResult | undefined): Verdict {
  return without(result?.status === "skipped" ? "skipped" : "unverified", result?.reason ?? result?.summary ?? "");
}

function without(verdict: Verdict["verdict"], reason: string): Verdict {
  return { verdict, reason, missed: [], variables: [], writes: [], runs: 0 };
}

function hostOf(
  { asked: { opened, request }, cache, place, executor, bubblewrap, installed }: Parts,
  lookup: LookupHost,
  progress: VerifyHost["progress"],
): VerifyHost {
  const { environment, home, node, timeoutMs, signal, now } = request;
  const { root } = opened.repository;
  return {
    root,
    workspace: opened.workspace,
    executor,
    digests: lookup.digests,
    environment,
    tools: { root, env: environment, home },
    node,
    memo: overMemo(cache.memo("tools")),
    place,
    bubblewrap,
    installed,
    timeoutMs,
    now,
    signal,
    ignored: () => {
      const ignored = listIgnored(opened.repository);
      return ignored.ok ? [...ignored.value.files, ...ignored.value.folders] : [];
    },
    progress,
  };
}

/** What is learned of a tree that will be gone is not worth keeping. */
function overMemo(kept: Memo): Memo {
  const learned = new Map<string, JsonValue>();
  return {
    get: (key) => learned.get(key) ?? kept.get(key),
    set: (key, value) => void learned.set(key, value),
  };
}
