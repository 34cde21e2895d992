import { z } from "zod";
import { listClaims, noteOf } from "../cache/claims.ts";
import type { Holder, Lock } from "../cache/lock.ts";
import type { ProcessIdentity } from "../cache/process-identity.ts";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { sha256 } from "../fingerprint/digest.ts";
import type { Worktrees } from "./open-worktrees.ts";
import { readRecord, writeRecord } from "./record-files.ts";
import { safeName } from "./safe-name.ts";
import type { Owner } from "./worktree-record.ts";

/** The right to make, use and remove the worktree of one issue. One process has it at a time; it ends with the process. */
export interface Lease extends Disposable {
  readonly id: string;
  readonly name: string;
  readonly owner: Owner;
  /** Lets the next one work. What is left behind is then left on purpose. */
  release(): void;
}

/** Who has a lease, as far as is known. */
export interface LeaseHolder extends ProcessIdentity {
  readonly run?: string;
  readonly since?: string;
}

const NoteSchema = z.object({ run: z.string(), since: z.string() });
/** Of those that ask at once each may give way to another that gives way too. */
const TRIES = 50;

/** Takes the lease of an issue; the one of a process that has died is free. Does not wait. */
export function takeLease(worktrees: Worktrees, id: string): Result<Lease, Diagnostic> {
  const name = safeName(id);
  const key = keyOf(name);
  const owner = { run: worktrees.run, ...worktrees.process, since: worktrees.now() };
  const note = JSON.stringify({ run: owner.run, since: owner.since });
  let taken = worktrees.leases.acquire(key, note);
  for (let tries = 1; tries < TRIES && !taken.acquired && taken.heldBy.task === undefined; tries += 1)
    taken = worktrees.leases.acquire(key, note);
  if (!taken.acquired) return fail(held(id, holderOf(taken.heldBy)));
  // Locks that cannot be written let everyone work; here nobody may.
  if (!isWritten(worktrees, key, note)) {
    taken.release();
    return fail(unwritable(worktrees, id));
  }
  return ok(leaseOf(worktrees, { id, name, owner }, taken));
}

/** Who has the lease of an issue now. */
export function leaseHolder({ leases }: Pick<Worktrees, "leases">, name: string): LeaseHolder | undefined {
  const holder = leases.holder(keyOf(name));
  return holder && holderOf(holder);
}

function isWritten({ leaseFiles, process }: Worktrees, key: string, note: string): boolean {
  return listClaims(leaseFiles, key).some((claim) => claim.owner.pid === process.pid && noteOf(claim) === note);
}

/** Two names of which a file system may make one have one lease. */
function keyOf(name: string): string {
  return sha256(`worktree\0${name.toLowerCase()}`);
}

function leaseOf(worktrees: Worktrees, facts: Pick<Lease, "id" | "name" | "owner">, lock: Lock): Lease {
  let isHeld = true;
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    sayDone(worktrees, facts);
    lock.release();
  };
  return { ...facts, release, [Symbol.dispose]: release };
}

/** Where it cannot be written, the worktree looks like one of a process that died: it is taken over all the same. */
function sayDone({ records }: Worktrees, { name, owner }: Pick<Lease, "name" | "owner">): void {
  const record = readRecord(records, name);
  if (record.ok && record.value?.state === "ready" && isSameOwner(record.value.user, owner))
    writeRecord(records, { ...record.value, user: null });
}

/** Whether what is recorded is this very lease. */
export function isSameOwner(a: Owner | null, b: Owner): boolean {
  return a !== null && a.run === b.run && a.pid === b.pid && a.startTime === b.startTime && a.since === b.since;
}

function holderOf({ pid, startTime, task }: Holder): LeaseHolder {
  try {
    const note = NoteSchema.safeParse(JSON.parse(task ?? ""));
    return { pid, startTime, ...(note.success && note.data) };
  } catch {
    return { pid, startTime };
  }
}

function held(id: string, { pid, run, since }: LeaseHolder): Diagnostic {
  const who = run === undefined ? "" : ` of run ${run}`;
  const when = since === undefined ? "" : ` since ${since}`;
  return errorOf("SYM7615", `process ${String(pid)}${who} works on ${id}${when}`, {
    hint: "wait for its end, or end that process: then its work is taken over",
  });
}

function unwritable({ records }: Worktrees, id: string): Diagnostic {
  return errorOf("SYM7616", `nobody can be kept from working on ${id} at the same time: the lease cannot be written`, {
    location: { file: records },
    hint: "check the disk and the permissions of the repository's git directory",
  });
}
