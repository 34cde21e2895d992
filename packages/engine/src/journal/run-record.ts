import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import type { RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { makeOwnFolder } from "../fingerprint/files/own-folder.ts";

/** Where a run keeps what it leaves: events, summary, logs. */
export interface RunRecord {
  readonly id: string;
  /** From the repository root. */
  readonly folder: RepoPath;
  /** Absolute. */
  readonly directory: string;
}

/** Makes the folder of a new run. Its id begins with the second in which it began; the end keeps two of one second apart. */
export function createRunRecord(root: string, startedAt: Date): Result<RunRecord, Diagnostic> {
  const time = startedAt.toISOString().replace(/[-:]/g, "").replace("T", "-").slice(0, 15);
  const runs = join(root, ".symbiotic", "runs");
  try {
    makeOwnFolder(root);
    mkdirSync(runs, { recursive: true });
    return ok(createFolder(runs, time));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return fail(
      errorOf("SYM4017", `.symbiotic cannot be written: ${why}`, {
        hint: "tasks need a folder of their own below the repository root: make it writable",
      }),
    );
  }
}

/** Takes an id that no other run has: the folder must not be there yet. */
function createFolder(runs: string, time: string): RunRecord {
  for (;;) {
    const id = `${time}-${fourDigits()}`;
    try {
      mkdirSync(join(runs, id));
      return { id, folder: `.symbiotic/runs/${id}`, directory: join(runs, id) };
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
    }
  }
}

/** By chance: two runs of one second seldom have the same, and where they do the folder says so. */
function fourDigits(): string {
  return Math.floor(Math.random() * 0x1_0000)
    .toString(16)
    .padStart(4, "0");
}
