import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { openCache } from "../../cache/open-cache.ts";
import { createExecutor } from "../../execute/executor.ts";
import { partsOf } from "../../execute/known-parts.ts";
import { lookUpTask } from "../../execute/look-up-task.ts";
import { createLookupHost } from "../../execute/lookup-host.ts";
import type { RunnerHost } from "../../execute/runner-host.ts";
import type { TaskResult } from "../../execute/task-result.ts";
import type { Task } from "../../graph/task.ts";
import { makeOwnFolder } from "../../fingerprint/files/own-folder.ts";
import { lateFiles, lookupParts } from "../../lookup.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import { plan } from "../../plan.ts";
import type { RunRequest } from "../../request.ts";
import { auditTask, type Audited, type Beside } from "./audit-task.ts";

/** What to audit, and whom to tell. */
export interface AuditRequest {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly beside: Beside;
  readonly progress: (text: string) => void;
}

/** Audits the tasks with parts of the plan, one after the other. */
export async function auditTests(asked: AuditRequest): Promise<Result<readonly Audited[], readonly Diagnostic[]>> {
  const { opened, progress, beside } = asked;
  const named = asked.request.names.length > 0 ? asked.request.names : atomsWithParts(opened);
  if (named.length === 0) return fail([nothingToAudit()]);
  const request: RunRequest = { ...asked.request, names: named, cacheMode: "on" };
  const planned = plan(opened, request);
  if (!planned.ok) return planned;
  const { order } = planned.value.graph;
  if (!order.some((task) => partsOf(task) !== undefined)) return fail([nothingToAudit()]);
  makeOwnFolder(opened.repository.root);
  const { cache } = openCache(cacheDirectory(opened, request.cacheDir));
  const executor = createExecutor(1);
  const interrupt = (): void => void executor.interrupt();
  request.signal.addEventListener("abort", interrupt, { once: true });
  const results = new Map<string, TaskResult>();
  const { host: lookup, save } = createLookupHost({ ...lookupParts(opened, request, planned.value), cache, results });
  const { timeoutMs, now, signal, version } = request;
  const host: RunnerHost = {
    ...{ ...lookup, executor, timeoutMs, now, signal, late: lateFiles(opened, planned.value) },
    ...{ runId: "audit", runFolder: ".symbiotic/audit", engine: version, emit: () => undefined },
  };
  const audited: Audited[] = [];
  try {
    for (const task of order.filter(() => !signal.aborted)) {
      progress(task.id);
      const told = await auditOne(task, beside, { host, results });
      if (told !== undefined) audited.push(told);
    }
    save();
    return ok(audited);
  } finally {
    request.signal.removeEventListener("abort", interrupt);
    await executor.close();
    cache.close();
  }
}

/** What comes before a task with parts is looked up, and not run. */
async function auditOne(
  task: Task,
  beside: Beside,
  { host, results }: { readonly host: RunnerHost; readonly results: Map<string, TaskResult> },
): Promise<Audited | undefined> {
  const looked = lookUpTask(task, host);
  if ("settled" in looked) results.set(task.id, looked.settled);
  const isAudited = partsOf(task) !== undefined;
  const lost = task.dependsOn.find((id) => results.get(id)?.status !== "ok" && results.get(id)?.skippedBy !== "plugin");
  if (!isAudited || ("settled" in looked && looked.settled.status === "skipped")) return undefined;
  const none = { task: task.id, served: 0, sample: [], differences: [], dropped: false };
  if (lost !== undefined) return { ...none, unaudited: `it comes after ${lost}, which is not known: run that first` };
  const { prepared, reason } = "settled" in looked ? looked.settled : { prepared: looked.miss.prepared, reason: "" };
  return prepared === undefined ? { ...none, unaudited: reason ?? "" } : auditTask(task, prepared, beside, host);
}

function atomsWithParts({ index }: Opened): readonly string[] {
  return [...index.atoms.values()].filter(partsOf).map(({ id }) => id);
}

function nothingToAudit(): Diagnostic {
  return errorOf("SYM4067", "no task here can leave out tests, so there is nothing to audit", {
    hint: "`symbiotic atoms` lists what there is",
  });
}
