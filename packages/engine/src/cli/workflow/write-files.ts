import { readFileSync } from "node:fs";
import { join } from "node:path";
import { applyChanges, contentAt, type AppliedFile } from "../../guard/apply/apply-changes.ts";
import { lookAtPlace } from "../../guard/paths/place-on-disk.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { taskFolder } from "../../core/task-id.ts";
import type { StepEnd, WriteFiles } from "../../plugin/workflow.ts";
import type { ToldStep } from "../../workflow/run-steps.ts";
import { brokenBy } from "./ask-in-tree.ts";
import type { StepTools } from "./step-tools.ts";
import type { UsedTree } from "./trees.ts";

/** Writes files of a tree that the workflow itself keeps, and commits them. What is written already is only committed. */
export async function writeFiles(
  work: WriteFiles,
  { trees, context }: StepTools,
  { before }: ToldStep,
): Promise<StepEnd> {
  const used = await trees.use(work.tree, before);
  if (!used.ok) return brokenBy(used.error);
  const tree = used.value;
  const looked = changesOf(work, tree);
  if (!looked.ok) return brokenBy([looked.error]);
  const { changes, told: problems } = looked.value;
  const found = problems.length === 0 ? {} : { diagnostics: problems };
  const all = work.files.map(({ path }) => path);
  // A run that was killed may have written them and no more.
  if (changes.length === 0 && !tree.uncommitted(all))
    return { status: "ok", summary: "nothing to write", data: { commit: null, head: tree.head }, ...found };
  const id = `write-${String(process.pid)}-${taskFolder(work.tree)}`;
  const applied = await applyChanges({ root: tree.root, id, changes, signal: context.signal });
  if (!applied.ok) return brokenBy([applied.error]);
  const paths = all.filter((path) => tree.uncommitted([path]));
  const commit = await tree.commit(paths, work.message);
  if (!commit.ok) return brokenBy(commit.error);
  return {
    status: "ok",
    summary: paths.join(", "),
    data: { commit: commit.value, head: commit.value, files: paths },
    ...found,
  };
}

interface Looked {
  readonly changes: readonly AppliedFile[];
  readonly told: readonly Diagnostic[];
}

function changesOf({ files }: WriteFiles, { root }: UsedTree): Result<Looked, Diagnostic> {
  const changes: AppliedFile[] = [];
  const told: Diagnostic[] = [];
  for (const { path, change, problem } of files) {
    const place = lookAtPlace(root, path);
    if (!place.ok) return fail(errorOf("SYM7502", `${path} cannot be written: it is ${place.error}`));
    const before = place.value === "nothing" ? null : readFileSync(join(root, path), "utf8");
    told.push(...[problem?.(before)].filter((each) => each !== undefined));
    const after = change(before);
    if (after === null || after === before) continue;
    const content = { kind: "file" as const, executable: false, bytes: Buffer.from(after) };
    changes.push({ path, before: before === null ? null : contentAt(root, path), after: content });
  }
  return ok({ changes, told });
}
