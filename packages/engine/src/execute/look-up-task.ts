import type { Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit, canonicalJson } from "../core/json.ts";
import { ok, type Result } from "../core/result.ts";
import type { Cache } from "../cache/cache.ts";
import type { Displaced } from "../cache/outputs/clear-extras.ts";
import { displacedFile } from "../cache/problems.ts";
import { digestJson, sha256 } from "../fingerprint/digest.ts";
import type { Produced } from "../fingerprint/record.ts";
import type { FoundTool } from "../fingerprint/tool/found-tool.ts";
import type { FileDigests } from "../fingerprint/files/file-digests.ts";
import { ownedPaths, scratchPaths } from "../graph/ownership.ts";
import type { Task } from "../graph/task.ts";
import { explainMiss } from "./explain-miss.ts";
import { guarded } from "../plugin/guarded.ts";
import { perProject } from "../plugin/per-project.ts";
import type { Redactor } from "../redact/redact.ts";
import { prepare, type Prepared, type PrepareHost } from "./prepare.ts";
import { lookUp, type Hit } from "./replay.ts";
import { missingOutputs } from "./task-outputs.ts";
import { brokenResult, settledOf, skippedResult, type TaskResult } from "./task-result.ts";

/** What looking tasks up draws on. */
export interface LookupHost extends PrepareHost {
  /** Knows the secrets of this environment. */
  readonly redactor: Redactor;
  readonly cache: Cache;
  readonly digests: FileDigests;
  /** `off`: neither read nor written. `write`: everything runs, results are kept. */
  readonly cacheMode: "on" | "off" | "write";
  /** The run that outputs are put in place for; without one they are left as they are, for commands that only look. */
  readonly runId?: string;
  readonly results: ReadonlyMap<string, TaskResult>;
}

/** What is known of a task that must run. */
export interface Miss {
  readonly prepared: Prepared;
  readonly missed: string;
}

/** Settles a task without running it, if that can be: from the cache, or because it is skipped or cannot be prepared. */
export function lookUpTask(task: Task, host: LookupHost): { readonly settled: TaskResult } | { readonly miss: Miss } {
  const broken = task.broken ?? brokenOnAsking(task);
  if (broken !== undefined) return { settled: brokenBy(task, broken) };
  const wanted = task.skipped === undefined ? askWhen(task, host) : ok({ skipped: task.skipped });
  if (!wanted.ok) return { settled: brokenBy(task, wanted.error) };
  if (wanted.value !== true) return { settled: skippedResult(task, { reason: wanted.value.skipped, by: "plugin" }) };
  const prepared = prepare(task, producedBefore(task, host), host);
  if (!prepared.ok) {
    const { error } = prepared;
    return {
      settled:
        error.kind === "skipped"
          ? skippedResult(task, { reason: error.reason, by: "tool" })
          : brokenResult(task, error.diagnostics[0]?.message ?? "", error.diagnostics),
    };
  }
  const hit = host.cacheMode === "on" && isKept(task, prepared.value) ? hitOf(task, prepared.value, host) : undefined;
  if (hit !== undefined) return { settled: hit };
  return { miss: { prepared: prepared.value, missed: missReason(task, prepared.value, host) } };
}

/** The result that is kept under the task's key, with its outputs put in place; undefined where there is none that can be used. */
export function hitOf(task: Task, prepared: Prepared, host: LookupHost): TaskResult | undefined {
  const hit = lookUp(prepared, host.cache, { root: host.root, digests: host.digests, environment: host.environment });
  const displaced = hit && restore(task, hit, host);
  if (hit === undefined || displaced === undefined) return undefined;
  const result = hitResult(task, prepared, hit);
  const diagnostics = [
    ...displaced.map(({ path, to }) => displacedFile(path, to)),
    ...missingOutputs(task, hit.record.outputs),
  ];
  return diagnostics.length > 0 ? { ...result, diagnostics } : result;
}

/** A result that was kept, as the next run tells it: a hit. Undefined for one that was not kept. */
export function asHit(settled: TaskResult): TaskResult | undefined {
  const { task, prepared, record, evidence, cache } = settled;
  if (cache === "hit" && record !== undefined && prepared === undefined) return settled;
  if (prepared === undefined || record === undefined || evidence === undefined) return undefined;
  const result = hitResult(task, prepared, { record, evidence });
  const diagnostics = missingOutputs(task, record.outputs);
  return diagnostics.length > 0 ? { ...result, diagnostics } : result;
}

/** Whether results of this task may be kept. */
export function isKept(task: Task, prepared: Prepared): boolean {
  return whyNotKept(task, prepared) === undefined;
}

function whyNotKept({ atom, context }: Task, { sets }: Prepared): string | undefined {
  if (atom.kind !== "check" && atom.kind !== "build") return `a task of kind ${atom.kind} is never cached`;
  const cache = perProject(atom.cache ?? true, context);
  if (cache !== true) return cache === false ? "its results are not to be kept" : cache;
  const unknown = sets.find(({ uncacheable }) => uncacheable !== undefined)?.uncacheable;
  return unknown === undefined ? undefined : `it cannot be cached: ${unknown}`;
}

/** What `cache` or `scratch` throws: they are asked in many places, and here first. */
function brokenOnAsking(task: Task): Diagnostic | undefined {
  const { cache = true, scratch } = task.atom;
  if (typeof cache !== "function" && typeof scratch !== "function") return undefined;
  const asked = guarded(`${task.id}: cache or scratch`, () => [perProject(cache, task.context), scratchPaths(task)]);
  return asked.ok ? undefined : asked.error;
}

function askWhen(task: Task, host: LookupHost): Result<true | { readonly skipped: string }, Diagnostic> {
  if (task.atom.when === undefined) return ok(true);
  const before = task.dependsOn.flatMap((id) => {
    const result = host.results.get(id);
    return result === undefined ? [] : [settledOf(result)];
  });
  return guarded(`${task.id}: when`, () => task.atom.when?.(task.context, before) ?? true);
}

function brokenBy(task: Task, diagnostic: Diagnostic): TaskResult {
  return brokenResult(task, diagnostic.message, [diagnostic]);
}

/** What stands behind a result does not change once it is there. */
const behind = new WeakMap<TaskResult, string>();

/** By id: the order in which a task names what it waits for changes nothing. */
function producedBefore(task: Task, host: LookupHost): Produced[] {
  return [...task.dependsOn].sort(byCodeUnit).flatMap((id): Produced[] => {
    const result = host.results.get(id);
    return result === undefined
      ? []
      : [[id, result.produced.evidence, result.produced.outputs, behindOf(result, host)]];
  });
}

/** Results come in topological order, so that the results before this one have been asked before: no deep recursion. */
function behindOf(result: TaskResult, host: LookupHost): string {
  const known = behind.get(result);
  if (known !== undefined) return known;
  const before = producedBefore(result.task, host);
  const digest = before.length === 0 ? "" : digestJson(before);
  behind.set(result, digest);
  return digest;
}

/** Puts a hit's outputs in place. Gives the files that had to make room; undefined where the hit cannot be used. */
function restore(task: Task, hit: Hit, host: LookupHost): readonly Displaced[] | undefined {
  if (task.atom.kind !== "build" || host.runId === undefined) return [];
  const restored = host.cache.restore({
    root: host.root,
    record: hit.record,
    owned: ownedPaths(task),
    scratch: scratchPaths(task),
    run: host.runId,
  });
  return restored.ok ? restored.value.displaced : undefined;
}

function hitResult(task: Task, prepared: Prepared, hit: Hit): TaskResult {
  return { ...recordResult(task, hit), prepared, advisory: prepared.context.tool.advisory, ...displayOf(prepared) };
}

/** The result of a task whose key is known to be the record's, and whose outputs are known to be in place. */
export function keptHit(task: Task, hit: Hit, found: FoundTool | undefined): TaskResult {
  const diagnostics = missingOutputs(task, hit.record.outputs);
  return {
    ...recordResult(task, hit),
    advisory: found?.resolved.advisory ?? false,
    ...(found === undefined ? {} : { display: found.display }),
    ...(diagnostics.length > 0 ? { diagnostics } : {}),
  };
}

function recordResult(task: Task, { record, evidence }: Hit): TaskResult {
  const outputs = sha256(
    canonicalJson(
      record.outputs.filter(({ volatile }) => volatile !== true).map(({ path, mode, blob }) => [path, mode, blob]),
    ),
  );
  return {
    task,
    status: "ok",
    cache: "hit",
    summary: record.summary,
    durationMs: 0,
    savedMs: record.durationMs,
    evidence,
    produced: { evidence: record.evidenceDigest, outputs },
    advisory: false,
    record,
  };
}

function missReason(task: Task, prepared: Prepared, host: LookupHost): string {
  if (host.cacheMode === "off") return "the cache is off";
  if (host.cacheMode === "write") return "asked for by --force";
  const never = whyNotKept(task, prepared);
  if (never !== undefined) return never;
  const read = (digest: string): string | undefined => {
    const blob = host.cache.readBlob(digest);
    return blob.ok ? blob.value.toString("utf8") : undefined;
  };
  return explainMiss(task.id, prepared.fingerprint, { history: host.cache.history, read, redactor: host.redactor });
}

/** How the task's tool is typed, where it has one. */
export function displayOf(prepared: Prepared): { readonly display?: readonly string[] } {
  return prepared.found === undefined ? {} : { display: prepared.found.display };
}
