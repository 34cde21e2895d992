import { basename, dirname, isAbsolute } from "node:path";
import { z } from "zod";
import type { ProcessIdentity } from "../cache/process-identity.ts";

/** Who works on a worktree, or worked there and did not say that it was done. */
export interface Owner extends ProcessIdentity {
  readonly run: string;
  /** When it began, as an ISO time. */
  readonly since: string;
}

/**
 * How far a worktree is: `making` until its files are all there, `removing` from before its folder is moved aside, `deleting` from when
 * the folder that was moved has been looked at once more. Until `ready` nobody has been given it, and after it nobody has it. Of one
 * that is `gone` the branch is left, and that it is the issue's.
 */
export type WorktreeState = "making" | "ready" | "removing" | "deleting" | "gone";

/** What the engine made, and so may remove. */
export interface WorktreeRecord {
  readonly v: 1;
  /** The issue, as it calls itself. */
  readonly id: string;
  readonly name: string;
  /** Absolute and real. */
  readonly path: string;
  readonly branch: string;
  /** That the engine made the branch; else it was there and was taken. */
  readonly isOwnBranch: boolean;
  /** The commit that the branch began at, or where it was when it was taken. */
  readonly base: string;
  /** What git keeps of this worktree, absolute; null while it is made. */
  readonly gitDir: string | null;
  readonly state: WorktreeState;
  /** Where the folder is moved before it is deleted. */
  readonly trash: string | null;
  readonly made: Owner;
  readonly user: Owner | null;
  /** Digests of what installs were made from, by what was run. */
  readonly installs: Readonly<Record<string, string>>;
}

/** How the name of a folder begins that is about to be deleted. */
export const TRASH = ".removing-";

const MOVED: ReadonlySet<WorktreeState> = new Set(["removing", "deleting"]);

const OwnerSchema: z.ZodType<Owner> = z.strictObject({
  run: z.string(),
  pid: z.number().int(),
  startTime: z.number(),
  since: z.string(),
});

/** A record that is read: what is deleted by it lies where it says that it made it, whoever wrote it. */
export const RecordSchema: z.ZodType<WorktreeRecord> = z
  .strictObject({
    v: z.literal(1),
    id: z.string(),
    name: z.string(),
    path: z.string().refine(isAbsolute, "is not absolute"),
    branch: z.string(),
    isOwnBranch: z.boolean(),
    base: z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "is no commit"),
    gitDir: z.string().refine(isAbsolute, "is not absolute").nullable(),
    state: z.enum(["making", "ready", "removing", "deleting", "gone"]),
    trash: z.string().nullable(),
    made: OwnerSchema,
    user: OwnerSchema.nullable(),
    installs: z.record(z.string(), z.string()),
  })
  .refine(({ path, name }) => basename(path) === name, "the path has another name")
  .refine(({ path, trash }) => trash === null || isTrashOf(path, trash), "the trash lies elsewhere")
  .refine(({ state, trash }) => trash !== null || !MOVED.has(state), "there is no trash")
  .refine(
    ({ state, gitDir }) => gitDir !== null || state === "making" || state === "gone",
    "there is no git directory",
  );

function isTrashOf(path: string, trash: string): boolean {
  return dirname(trash) === dirname(path) && basename(trash).startsWith(`${TRASH}${basename(path)}-`);
}
