import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Digest, digestOf } from "../../fingerprint/files/hash-file.ts";
import type { Cache } from "../cache.ts";
import type { CacheRecord } from "../record.ts";
import type { CacheVerification } from "../verify-cache.ts";

/** A new folder, removed when the scope ends. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), "symbiotic-cache-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The bytes that every sample record's blobs are made of. */
export const SAMPLE_BLOB: Buffer = Buffer.from('{"tool":"sample"}');

/** A whole record under the key of `name`. */
export function sampleRecord(name: string, more: Partial<CacheRecord> = {}): CacheRecord {
  const blob = digestOf(SAMPLE_BLOB);
  return {
    v: 1,
    key: keyOf(name),
    task: "api:run_ruff_lint",
    atom: "run_ruff_lint",
    found: [],
    status: "ok",
    fingerprint: blob,
    evidence: blob,
    evidenceDigest: blob,
    log: null,
    outputs: [],
    summary: `the result of ${name}`,
    durationMs: 12,
    storedAt: 1_700_000_000_000,
    engine: "0.1.0",
    ...more,
  };
}

/** What a look at every byte of a cache finds. */
export function verified(cache: Pick<Cache, "verify">): CacheVerification {
  const steps = cache.verify();
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The key of a sample. */
export function keyOf(name: string): Digest {
  return digestOf(name);
}

/** Starts a Node process that runs this module's text with these arguments; it is killed with `stop`. */
export function startProgram(
  program: string,
  args: readonly string[],
): { readonly child: ChildProcess; readonly stop: () => void } {
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { child, stop: () => void child.kill("SIGKILL") };
}

/** The exit codes of processes that run at once. */
export async function exitCodes(children: readonly ChildProcess[]): Promise<readonly unknown[]> {
  return Promise.all(children.map((child) => new Promise((resolve) => child.once("exit", resolve))));
}
