import { hash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { canonicalJson } from "../core/json.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { applyChanges, contentAt, type AppliedFile, type FileContent } from "../guard/apply/apply-changes.ts";
import { isSame, stateAt, stateOf, StateSchema, type FileState } from "../guard/apply/apply-journal.ts";
import { policyDigest, type Policy } from "../guard/policy/policy.ts";

/** Changes of agents that are kept, each under what it depends on. */
export interface Pins {
  /** Keeps a change; what cannot be written is not kept. */
  keep(key: string, files: readonly AppliedFile[]): void;
  /** Applies a kept change again. Undefined where none is kept, or where a file is neither what it was before nor after. */
  replay(
    key: string,
    place: { readonly root: string; readonly id: string; readonly signal: AbortSignal },
  ): Promise<Replayed | undefined>;
}

/** A change that was applied again. */
export interface Replayed {
  /** What is different now: nothing where all of it was there. */
  readonly files: readonly RepoPath[];
  readonly problem?: Diagnostic;
}

/** One file of a kept change. */
interface PinnedFile {
  readonly path: RepoPath;
  readonly before: FileState | null;
  readonly after: { readonly kind: "file" | "link"; readonly executable: boolean; readonly base64: string } | null;
}

const PinSchema: z.ZodType<{ readonly v: 1; readonly files: readonly PinnedFile[] }> = z.strictObject({
  v: z.literal(1),
  files: z.array(
    z.strictObject({
      path: z.string(),
      before: StateSchema.nullable(),
      after: z.strictObject({ kind: z.enum(["file", "link"]), executable: z.boolean(), base64: z.base64() }).nullable(),
    }),
  ),
});

/** What a change is kept under. */
export function pinKey({
  key,
  agents,
  policy,
}: {
  readonly key: string;
  readonly agents: readonly string[];
  readonly policy: Policy;
}): string {
  return hash("sha256", canonicalJson([key, agents, policyDigest(policy)]), "hex");
}

/** The changes that are kept in a folder, a file each. */
export function openPins(folder: string): Pins {
  const place = (key: string): string => join(folder, `${key}.json`);
  return {
    keep(key, files) {
      const text = JSON.stringify({ v: 1, files: files.map(pinned) });
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        writeFileSync(`${place(key)}.new`, text, { mode: 0o600 });
        renameSync(`${place(key)}.new`, place(key));
      } catch (thrown) {
        if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
      }
    },
    async replay(key, { root, id, signal }) {
      const files = read(place(key));
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
  };
}

function pinned({ path, before, after }: AppliedFile): PinnedFile {
  return {
    path,
    before: before === null ? null : stateOf(before.kind, before.executable, before.bytes),
    after:
      after === null
        ? null
        : { kind: after.kind, executable: after.executable, base64: after.bytes.toString("base64") },
  };
}

function contentOf(after: PinnedFile["after"]): FileContent | null {
  if (after === null) return null;
  const { kind, executable, base64 } = after;
  return { kind, executable, bytes: Buffer.from(base64, "base64") };
}

/** A file that is not what was written is none. */
function read(file: string): readonly PinnedFile[] | undefined {
  try {
    const told = PinSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    return told.success ? told.data.files : undefined;
  } catch {
    return undefined;
  }
}
