import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { type Claim, dropClaim, listClaims, makeClaim, markHeld, noteOf } from "./claims.ts";
import { ownIdentity, type ProcessIdentity } from "./process-identity.ts";

/** A key that its owner alone computes until it lets go. */
export interface Lock extends Disposable {
  readonly acquired: true;
  release(): void;
}

/** Who computes a key now, as far as it says. */
export interface Holder extends ProcessIdentity {
  readonly task?: string;
}

/** The key is taken. */
export interface Held {
  readonly acquired: false;
  readonly heldBy: Holder;
}

/** Lets one at a time compute a key. Where locks cannot be written, everyone gets one: work is then done twice, never wrongly. */
export interface Locks {
  /** Takes the key if nobody has it; `task` is told to those who wait. Does not wait. */
  acquire(key: string, task?: string): Lock | Held;
  /** Who has the key, or is about to. */
  holder(key: string): Holder | undefined;
  /** Resolves once nobody has the key; rejects when `signal` aborts. Another may be faster: call `acquire` again. */
  waitFor(key: string, signal?: AbortSignal): Promise<void>;
  /** Lets go of all that was acquired here. */
  releaseAll(): void;
}

const POLL_MS = 50;
/** How long one may take from a claim to its answer before it counts as the holder. */
const CLAIM_MS = 100;

/** Opens the locks in a folder, which need not exist. */
export function openLocks(folder: string): Locks {
  const me = ownIdentity();
  const mine = new Set<Lock>();
  const lockOf = (claim?: Claim): Lock => {
    const release = (): void => {
      if (mine.delete(lock) && claim !== undefined) dropClaim(claim);
    };
    const lock: Lock = { acquired: true, release, [Symbol.dispose]: release };
    mine.add(lock);
    return lock;
  };
  const claimKey = (key: string, task: string): Lock | Held => {
    const claim = makeClaim(folder, key, me);
    try {
      const rival = rivalOf(folder, key, claim);
      if (rival === undefined) {
        markHeld(claim, task);
        return lockOf(claim);
      }
      dropClaim(claim);
      return { acquired: false, heldBy: describe(rival) };
    } catch (error) {
      dropClaim(claim);
      throw error;
    }
  };
  return {
    acquire(key, task = "") {
      try {
        return claimKey(key, task);
      } catch {
        return lockOf();
      }
    },
    holder: (key) => listClaims(folder, key).map(describe)[0],
    async waitFor(key, signal) {
      while (listClaims(folder, key).length > 0) await delay(POLL_MS, undefined, signal && { signal });
    },
    releaseAll() {
      for (const lock of mine) lock.release();
    },
  };
}

/**
 * Whose claim comes before `own`, if any does: one that is a possession, or of two that are made at once the one with
 * the smaller name. One with a greater name may have looked before ours was there, so its answer is waited for; one made
 * after ours sees ours and gives way.
 */
function rivalOf(folder: string, key: string, own: Claim): Claim | undefined {
  const others = listClaims(folder, key).filter(({ file }) => file !== own.file);
  for (const other of others) if (other.file < own.file || isHeldSoon(other)) return other;
  return undefined;
}

/** Waits until a claim has become a possession or has gone. */
function isHeldSoon(claim: Claim): boolean {
  for (let waited = 0; waited < CLAIM_MS; waited += 1) {
    if (noteOf(claim) !== undefined) return true;
    if (!existsSync(claim.file)) return false;
    pause(1);
  }
  return true;
}

function describe(claim: Claim): Holder {
  const task = noteOf(claim);
  return { ...claim.owner, ...(task !== undefined && task !== "" && { task }) };
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
