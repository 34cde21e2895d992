import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Task } from "../graph/task.ts";
import type { Job } from "./job.ts";

/** The tree of the commit that a run compares with, beside the work tree. */
export interface BaseTree {
  /** Absolute; native separators. */
  readonly root: string;
  /** The environment of a process there, of a task that declares these variables. */
  readonly given: (declared: readonly string[]) => Readonly<Record<string, string>>;
}

/** Checks the base out, or gives the tree that it made before. */
export type OpenBaseTree = () => Promise<Result<BaseTree, Diagnostic>>;

/** A job with the base's tree in it, where its atom asks for that. */
export async function withBaseTree(
  job: Job,
  { task, declared, open }: { readonly task: Task; readonly declared: readonly string[]; readonly open?: OpenBaseTree },
): Promise<Result<Job, Diagnostic>> {
  if (task.atom.withBase !== true) return ok(job);
  const base = await open?.();
  if (base === undefined) return fail(noBase(task));
  if (!base.ok) return base;
  const { root, given } = base.value;
  const isAtBase = existsSync(join(root, ...task.project.root.split("/")));
  return ok({ ...job, base: { root, variables: given(declared) }, context: { ...job.context, isAtBase } });
}

function noBase({ id }: Task): Diagnostic {
  return errorOf("SYM4022", `${id} works at the base too, and this run has none to come to`, {
    hint: "let `symbiotic run --affected` run it",
  });
}
