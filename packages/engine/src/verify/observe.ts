import { readFileSync, readlinkSync, rmSync } from "node:fs";
import { canonicalJson } from "../core/json.ts";
import { absolutePath, type RepoPath } from "../core/path.ts";
import { listOutputs } from "../cache/outputs/list-files.ts";
import type { Job, JobResult } from "../execute/job.ts";
import { limitsOf } from "../execute/limits.ts";
import { fileMode, statOf } from "../fingerprint/files/file-stat.ts";
import { digestOf, hashFile } from "../fingerprint/files/hash-file.ts";
import { steadyWords } from "./compare.ts";
import { isolatedJob } from "./isolated-job.ts";
import { listTree, writesBetween } from "./listing.ts";
import { makeTree } from "./make-tree.ts";
import type { Observation } from "./observation.ts";
import type { Subject } from "./subject.ts";
import type { VerifyHost } from "./verify-host.ts";

/** Runs a task once in a tree with these paths of the repository. The tree stays until the next run. Throws what the file system throws. */
export async function observe(subject: Subject, paths: readonly RepoPath[], host: VerifyHost): Promise<Observation> {
  const { place, executor } = host;
  const variables = makeTree(subject, paths, host);
  const job = isolatedJob(subject, variables, host);
  rmSync(place.log, { force: true });
  const before = listTree(place.tree, subject.isOwn);
  const limits = limitsOf(subject.task, host.timeoutMs);
  const timeoutMs = limits.ok ? limits.value.timeoutMs : host.timeoutMs;
  const result = await executor.execute(job, { timeoutMs, line: () => undefined });
  const writes = writesBetween(before, listTree(place.tree, subject.isOwn));
  const log = logOf(job);
  const words = job.isPlain ? steadyWords(log, job.root) : undefined;
  return { ...outcomeOf(result), outputs: outputsOf(subject, place.tree), log, words, writes };
}

function outcomeOf(result: JobResult): Pick<Observation, "status" | "summary" | "evidence"> {
  if (result.kind === "broken") return { status: "broken", summary: result.reason, evidence: "" };
  const { status, summary, evidence } = result.outcome;
  return { status, summary, evidence: canonicalJson(evidence) };
}

function outputsOf({ owned, scratch }: Subject, tree: string): Observation["outputs"] {
  const found = new Map<RepoPath, string>();
  for (const path of listOutputs(tree, owned, scratch)) {
    const place = absolutePath(tree, path);
    const stat = statOf(place);
    const mode = stat && fileMode(stat);
    if (stat === undefined || mode === undefined) continue;
    const bytes =
      mode === "120000" ? digestOf(readlinkSync(place, { encoding: "buffer" })) : hashFile(place, stat.size);
    found.set(path, `${mode} ${bytes}`);
  }
  return found;
}

function logOf({ logFile }: Job): string {
  try {
    return readFileSync(logFile, "utf8");
  } catch {
    return "";
  }
}
