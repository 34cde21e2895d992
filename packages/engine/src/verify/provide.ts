import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import type { Evidence } from "../core/evidence.ts";
import { absolutePath, decodePath, encodePath, parentOf } from "../core/path.ts";
import type { Cache } from "../cache/cache.ts";
import type { CacheRecord, RecordOutput } from "../cache/record.ts";
import type { TaskResult } from "../execute/task-result.ts";
import { digestJson, sha256 } from "../fingerprint/digest.ts";
import { candidatesOf } from "./candidates.ts";
import { createCopier } from "./copier.ts";
import type { Observation } from "./observation.ts";
import { observe } from "./observe.ts";
import type { Subject } from "./subject.ts";
import type { VerifyHost } from "./verify-host.ts";

/** A run of a task with all files of the repository. */
export interface Provided {
  readonly whole: Observation;
  /** As the tasks that wait for it see it. */
  readonly result: TaskResult;
}

/** Runs a task of which nothing is recorded with all files, and lays its outputs out for the tasks after it. */
export async function provide(subject: Subject, host: VerifyHost): Promise<Provided> {
  const { items } = candidatesOf(subject, host);
  const whole = await observe(subject, [...subject.declared, ...items.map(({ path }) => path)], host);
  const { tree, made } = host.place;
  const outputs = createCopier({ from: tree, to: made });
  for (const path of subject.owned) outputs.copy(path);
  return { whole, result: resultOf(subject, whole) };
}

function resultOf({ task }: Subject, { status, summary, evidence, outputs }: Observation): TaskResult {
  const made = [...outputs].map(([path, state]) => [path, ...state.split(" ")]);
  return {
    task,
    status,
    cache: "off",
    summary,
    durationMs: 0,
    savedMs: 0,
    ...(evidence === "" ? {} : { evidence: JSON.parse(evidence) as Evidence }),
    produced: { evidence: sha256(evidence), outputs: digestJson(made) },
    advisory: false,
  };
}

/** Lays the outputs of a record out for the tasks after it. Gives whether all are there; one that the cache cannot give is taken from the repository. */
export function layOut(record: CacheRecord, cache: Pick<Cache, "readBlob">, { place, root }: VerifyHost): boolean {
  return record.outputs.every((output) => layOutOne(output, cache, { from: root, to: place.made }));
}

function layOutOne(
  { path, mode, blob }: RecordOutput,
  cache: Pick<Cache, "readBlob">,
  { from, to }: { readonly from: string; readonly to: string },
): boolean {
  const place = absolutePath(to, path);
  const bytes = cache.readBlob(blob);
  try {
    mkdirSync(absolutePath(to, parentOf(path)), { recursive: true });
    if (!bytes.ok) copyFileSync(absolutePath(from, path), place);
    else if (mode === "120000") symlinkSync(encodePath(decodePath(bytes.value)), place);
    else writeFileSync(place, bytes.value);
    if (mode === "100755") chmodSync(place, 0o755);
    return true;
  } catch {
    return false;
  }
}
