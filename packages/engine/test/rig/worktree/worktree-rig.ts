import { execFileSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished } from "vitest";
import { createRepository, type Files, type TestRepository } from "../../../../../test/support/repository.ts";
import { startProgram } from "../../../src/cache/testing/samples.ts";
import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import type { Result } from "../../../src/core/result.ts";
import { openRepository } from "../../../src/workspace/git/repository.ts";
import { ensureWorktree, type EnsureRequest } from "../../../src/worktree/ensure-worktree.ts";
import { takeLease, type Lease } from "../../../src/worktree/lease.ts";
import { listWorktrees } from "../../../src/worktree/list-worktrees.ts";
import { openWorktrees, type Worktrees } from "../../../src/worktree/open-worktrees.ts";
import type { Removal } from "../../../src/worktree/removal.ts";
import { removeWorktree } from "../../../src/worktree/remove-worktree.ts";
import type { RemovalOptions } from "../../../src/worktree/why-kept.ts";
import type { WorktreeRecord } from "../../../src/worktree/worktree-record.ts";
import type { Worktree } from "../../../src/worktree/worktree.ts";

export const FILES: Files = {
  ".gitignore": "node_modules/\n*.log\n.env\n",
  "src/a.py": "one\n",
  "src/b c ü.py": "two\n",
};

/** What its worktrees are opened with, beside the usual. */
interface Opening {
  readonly folder?: string;
  readonly run?: string;
  readonly root?: string;
}

/** A repository with worktrees, all of one process. */
export interface WorktreeRig {
  readonly repository: TestRepository;
  readonly open: (opening?: Opening) => Worktrees;
  /** What is recorded under a name. */
  readonly record: (name: string) => WorktreeRecord | undefined;
  /** The file of a record. */
  readonly recordFile: (name: string) => string;
  /** The paths of the work trees that git lists, without the main one. */
  readonly known: () => readonly string[];
}

export function worktreeRig(files: Files = FILES): WorktreeRig {
  const repository = createRepository(files);
  onTestFinished(() => {
    repository[Symbol.dispose]();
  });
  const recordFile = (name: string): string => join(repository.root, ".git/symbiotic/worktrees", `${name}.json`);
  return {
    repository,
    recordFile,
    open: ({ folder, run = "run-1", root = repository.root } = {}) =>
      openWorktrees({
        repository: unwrap(openRepository(root, repository.env)),
        environment: repository.env,
        user: { home: repository.home, temporary: tmpdir(), environment: repository.env },
        ...(folder === undefined ? {} : { folder }),
        ...{ run, now: () => "2026-11-22T10:00:00.000Z" },
      }),
    record: (name) =>
      existsSync(recordFile(name)) ? (JSON.parse(readFileSync(recordFile(name), "utf8")) as WorktreeRecord) : undefined,
    known: () =>
      repository
        .git("worktree", "list", "--porcelain")
        .split("\n")
        .filter((line) => line.startsWith("worktree "))
        .map((line) => line.slice("worktree ".length))
        .slice(1),
  };
}

/** The value, or an exception that says why there is none. */
export function unwrap<T>(result: Result<T, Diagnostic>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code} ${result.error.message}`);
}

/** Takes the lease of an issue; it is let go of when the test ends. */
export function leaseOf(worktrees: Worktrees, id: string): Lease {
  const lease = unwrap(takeLease(worktrees, id));
  onTestFinished(() => {
    lease.release();
  });
  return lease;
}

/** Makes or finds the worktree of an issue. */
export function ensured(
  worktrees: Worktrees,
  id: string,
  request: Partial<EnsureRequest> = {},
): Worktree & { readonly lease: Lease } {
  const lease = leaseOf(worktrees, id);
  return { ...unwrap(ensureWorktree(worktrees, lease, { base: "main", ...request })), lease };
}

/** The code of a failure. */
export function codeOf(result: Result<unknown, Diagnostic>): string {
  return result.ok ? "ok" : result.error.code;
}

/** Asks for a worktree, and says with which code it is refused. */
export function refused(worktrees: Worktrees, id: string, request: Partial<EnsureRequest> = {}): string {
  using lease = unwrap(takeLease(worktrees, id));
  return codeOf(ensureWorktree(worktrees, lease, { base: "main", ...request }));
}

/** Removes, and says by which codes it was kept. */
export function removed(worktrees: Worktrees, lease: Lease, options: RemovalOptions = {}): readonly string[] {
  return reasonsOf(unwrap(removeWorktree(worktrees, lease, options)));
}

export function reasonsOf(removal: Removal): readonly string[] {
  return removal.removed ? ["removed"] : removal.reasons.map(({ code }) => code);
}

/** What lies in a folder, sorted. */
export function entries(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Removes what lies at a path. */
export function rm(path: string): void {
  rmSync(path, { recursive: true });
}

/** That a worktree is as it was committed. */
export function isWhole({ repository }: WorktreeRig, path: string): void {
  expect(execFileSync("git", ["status", "--porcelain"], { cwd: path, env: repository.env, encoding: "utf8" })).toBe("");
  expect(Object.keys(FILES).map((file) => readFileSync(join(path, file), "utf8"))).toEqual(Object.values(FILES));
}

/** That nothing is left of any worktree that was made in `folder`. */
export function isClean(rig: WorktreeRig, folder: string): void {
  expect(rig.known()).toEqual([]);
  expect(unwrap(listWorktrees(rig.open()))).toEqual([]);
  for (const each of [folder, ".git/worktrees", ".git/symbiotic/worktrees/leases"])
    expect(entries(resolve(rig.repository.root, each))).toEqual([]);
}

const SOURCES = new URL("../../../src/", import.meta.url).href;

/**
 * A process of its own that opens the worktrees as `worktrees`, runs `body`, and lives until its stdin ends. `say` prints a line of JSON.
 */
export function otherProcess(
  { repository }: WorktreeRig,
  body: string,
  {
    env = repository.env,
    run = "run-2",
  }: { readonly env?: Readonly<Record<string, string>>; readonly run?: string } = {},
): {
  readonly child: ChildProcess;
  readonly lines: () => Promise<readonly unknown[]>;
  readonly kill: () => Promise<void>;
} {
  const program = `
    import { openRepository } from ${JSON.stringify(`${SOURCES}workspace/git/repository.ts`)};
    import { openWorktrees } from ${JSON.stringify(`${SOURCES}worktree/open-worktrees.ts`)};
    import { takeLease, leaseHolder } from ${JSON.stringify(`${SOURCES}worktree/lease.ts`)};
    import { ensureWorktree } from ${JSON.stringify(`${SOURCES}worktree/ensure-worktree.ts`)};
    import { removeWorktree } from ${JSON.stringify(`${SOURCES}worktree/remove-worktree.ts`)};
    const { root, home, env, run } = JSON.parse(process.argv[1]);
    const repository = openRepository(root, env).value;
    const worktrees = openWorktrees({ repository, environment: env, user: { home, temporary: home, environment: env }, run,
      now: () => "2026-11-22T09:00:00.000Z" });
    const say = (value) => process.stdout.write(JSON.stringify(value) + "\\n");
    ${body}
    process.stdin.resume().on("end", () => process.exit(0));`;
  const { root, home } = repository;
  const { child, stop } = startProgram(program, [JSON.stringify({ root, home, env, run })]);
  onTestFinished(stop);
  let text = "";
  child.stdout?.on("data", (data: Buffer) => (text += data.toString()));
  const ended = once(child, "close");
  return {
    child,
    async lines() {
      if (!text.includes("\n")) await Promise.race([once(child.stdout!, "data"), ended]);
      return text
        .split("\n")
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line));
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
