import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { applyChanges, contentAt, type AppliedFile, type FileContent } from "../guard/apply/apply-changes.ts";
import { isSame, stateAt, stateOf, StateSchema, type FileState } from "../guard/apply/apply-journal.ts";

/** Changes that are kept in a folder, each under a name. */
export interface KeptChanges {
  /** Keeps a change; what cannot be written is not kept. */
  keep(name: string, files: readonly AppliedFile[]): void;
  /** Applies a kept change again. Undefined where none is kept, or where a file is neither what it was before nor after. */
  replay(
    name: string,
    place: { readonly root: string; readonly id: string; readonly signal: AbortSignal },
  ): Promise<Replayed | undefined>;
  has(name: string): boolean;
  forget(name: string): void;
}

/** A change that was applied again. */
export interface Replayed {
  /** What is different now: nothing where all of it was there. */
  readonly files: readonly RepoPath[];
  readonly problem?: Diagnostic;
}

/** One file of a kept change. */
interface KeptFile {
  readonly path: RepoPath;
  readonly before: FileState | null;
  readonly after: { readonly kind: "file" | "link"; readonly executable: boolean; readonly base64: string } | null;
}

const KeptSchema: z.ZodType<{ readonly v: 1; readonly files: readonly KeptFile[] }> = z.strictObject({
  v: z.literal(1),
  files: z.array(
    z.strictObject({
      path: z.string(),
      before: StateSchema.nullable(),
      after: z.strictObject({ kind: z.enum(["file", "link"]), executable: z.boolean(), base64: z.base64() }).nullable(),
    }),
  ),
});

/** The changes that are kept in a folder, a file each. */
export function openKeptChanges(folder: string): KeptChanges {
  const place = (name: string): string => join(folder, `${name}.json`);
  return {
    keep(name, files) {
      const text = JSON.stringify({ v: 1, files: files.map(kept) });
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${place(name)}.new`, text, { mode: 0o600 });
        renameSync(`${place(name)}.new`, place(name));
      } catch (thrown) {
        if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
      }
    },
    async replay(name, { root, id, signal }) {
      const files = read(place(name));
      if (files === undefined) return undefined;
      const changes: AppliedFile[] = [];
      for (const { path, before, after } of files) {
        const wanted = contentOf(after);
        const now = stateAt(root, path);
        if (isSame(now, wanted === null ? null : stateOf(wanted.kind, wanted.executable, wanted.bytes))) continue;
        if (!isSame(now, before)) return undefined;
        changes.push({ path, before: contentAt(root, path), after: wanted });
      }
      const applied = await applyChanges({ root, id, changes, signal });
      const paths = changes.map(({ path }) => path);
      return applied.ok ? { files: paths } : { files: [], problem: applied.error };
    },
    has: (name) => existsSync(place(name)),
    forget: (name) => {
      rmSync(place(name), { force: true });
    },
  };
}

function kept({ path, before, after }: AppliedFile): KeptFile {
  return {
    path,
    before: before === null ? null : stateOf(before.kind, before.executable, before.bytes),
    after:
      after === null
        ? null
        : { kind: after.kind, executable: after.executable, base64: after.bytes.toString("base64") },
  };
}

function contentOf(after: KeptFile["after"]): FileContent | null {
  if (after === null) return null;
  const { kind, executable, base64 } = after;
  return { kind, executable, bytes: Buffer.from(base64, "base64") };
}

/** A file that is not what was written is none. */
function read(file: string): readonly KeptFile[] | undefined {
  try {
    const told = KeptSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return told.success ? told.data.files : undefined;
  } catch {
    return undefined;
  }
}
