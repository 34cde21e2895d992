import { lstatSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { digestJson } from "../fingerprint/digest.ts";
import { digestOf, hashFile } from "../fingerprint/files/hash-file.ts";
import { lookAtPlace } from "../guard/paths/place-on-disk.ts";
import type { InstallStep } from "./detect-installs.ts";
import type { Lease } from "./lease.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { writeRecord } from "./record-files.ts";
import { recordOf } from "./record-of.ts";
import type { Worktree } from "./worktree.ts";

/** How installing is done. */
export interface InstallOptions {
  readonly steps: readonly InstallStep[];
  /** Runs one command to its end, in a folder that is absolute; a failure says why. */
  readonly run: (argv: readonly string[], cwd: string, step: InstallStep) => Promise<Result<void, Diagnostic>>;
}

/** What became of a step: it ran, or what it depends on is as it was. */
export interface Installed {
  readonly step: InstallStep;
  readonly outcome: "ran" | "unchanged";
}

/** Installs in a worktree what is not installed yet, or was for other lockfiles. Ends at the first step that fails; that one runs again next time. */
export async function installOnce(
  worktrees: Worktrees,
  lease: Lease,
  { worktree, ...options }: InstallOptions & { readonly worktree: Pick<Worktree, "path"> },
): Promise<Result<readonly Installed[], Diagnostic>> {
  const done: Installed[] = [];
  for (const step of options.steps) {
    const outcome = await install(worktrees, lease, { ...options, worktree, step });
    if (!outcome.ok) return outcome;
    done.push({ step, outcome: outcome.value });
  }
  return ok(done);
}

async function install(
  worktrees: Worktrees,
  lease: Lease,
  {
    worktree: { path },
    step,
    run,
  }: Pick<InstallOptions, "run"> & {
    readonly worktree: Pick<Worktree, "path">;
    readonly step: InstallStep;
  },
): Promise<Result<"ran" | "unchanged", Diagnostic>> {
  const key = digestJson({ folder: step.folder, commands: step.commands });
  const stamp = stampOf(path, step);
  if (!stamp.ok) return stamp;
  const record = recordOf(worktrees, lease);
  if (!record.ok) return record;
  if (record.value?.installs[key] === stamp.value && isThere(path, step)) return ok("unchanged");
  for (const argv of step.commands) {
    const ran = await run(argv, join(path, step.folder), step);
    if (!ran.ok) return ran;
  }
  return keepStamp(worktrees, lease, { key, before: stamp.value, after: stampOf(path, step) });
}

/** A tool that wrote its lockfile installed for another one than was asked for: it runs again next time. */
function keepStamp(
  worktrees: Worktrees,
  lease: Lease,
  { key, before, after }: { readonly key: string; readonly before: string; readonly after: Result<string, Diagnostic> },
): Result<"ran", Diagnostic> {
  const record = recordOf(worktrees, lease);
  if (!record.ok) return record;
  if (record.value === undefined || !after.ok || after.value !== before) return ok("ran");
  const installs = { ...record.value.installs, [key]: before };
  const written = writeRecord(worktrees.records, { ...record.value, installs });
  return written.ok ? ok("ran") : written;
}

/** Digests of all files that decide. A link would lead to a file that the worktree does not name. */
function stampOf(root: string, { lockfiles }: InstallStep): Result<string, Diagnostic> {
  const digests: Record<string, string> = {};
  for (const path of lockfiles) {
    const place = lookAtPlace(root, path);
    if (!place.ok && place.error !== "a hard link") return fail(unreadable(path, place.error));
    try {
      digests[path] =
        place.ok && place.value === "nothing"
          ? digestOf("")
          : hashFile(join(root, path), lstatSync(join(root, path)).size);
    } catch (error) {
      return fail(unreadable(path, error instanceof Error ? error.message : String(error)));
    }
  }
  return ok(digestJson(digests));
}

function isThere(root: string, { makes }: InstallStep): boolean {
  return makes === undefined || lstatSync(join(root, makes), { throwIfNoEntry: false }) !== undefined;
}

function unreadable(path: string, why: string): Diagnostic {
  return errorOf("SYM7640", `${path} does not say what to install: it is ${why}`, {
    location: { file: path },
    hint: "make it a plain file of the repository, or start with --skip-installs",
  });
}
