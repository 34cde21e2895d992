import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Cache } from "../../../src/cache/cache.ts";
import { openCache } from "../../../src/cache/open-cache.ts";
import type { CacheRecord } from "../../../src/cache/record.ts";
import { digestOf } from "../../../src/fingerprint/files/hash-file.ts";

/** A work tree and a cache on a real disk, both gone with it. */
export interface CacheRig extends Disposable {
  /** The absolute path of the work tree. */
  readonly root: string;
  /** Closes the cache that is open, if one is, and opens it as the next process would. */
  reopen(): Cache;
  write(path: string, text: string): void;
  mkdir(path: string): void;
  remove(path: string): void;
}

/** A rig in a temporary folder of its own. */
export function createCacheRig(): CacheRig {
  const folder = mkdtempSync(join(tmpdir(), "symbiotic-cases-"));
  const root = join(folder, "tree");
  mkdirSync(root);
  let open: Cache | undefined;
  return {
    root,
    reopen() {
      open?.close();
      open = openCache(join(folder, "cache")).cache;
      return open;
    },
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    },
    mkdir: (path) => void mkdirSync(join(root, path), { recursive: true }),
    remove: (path) => {
      rmSync(join(root, path), { recursive: true });
    },
    [Symbol.dispose]() {
      open?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A record with these parts, whole in all others, and the texts that its digests name. */
export function recordOf(
  parts: Partial<CacheRecord> & Pick<CacheRecord, "key">,
  evidence = '{"tool":"t"}',
): { readonly record: CacheRecord; readonly blobs: readonly Buffer[] } {
  const fingerprint = `{"v":1,"for":"${parts.key}"}`;
  const record: CacheRecord = {
    v: 1,
    task: "api:run_tests",
    atom: "run_tests",
    found: [],
    status: "ok",
    fingerprint: digestOf(fingerprint),
    evidence: digestOf(evidence),
    evidenceDigest: digestOf(evidence),
    log: null,
    outputs: [],
    summary: "ok",
    durationMs: 12,
    storedAt: 1_700_000_000_000,
    engine: "0.1.0",
    ...parts,
  };
  return { record, blobs: [Buffer.from(fingerprint), Buffer.from(evidence)] };
}

/** Keeps a record with its texts; gives whether it can be found from now on. */
export function keep(cache: Cache, made: ReturnType<typeof recordOf>, more: readonly Buffer[] = []): boolean {
  return cache.store(made.record, [...made.blobs, ...more]);
}
