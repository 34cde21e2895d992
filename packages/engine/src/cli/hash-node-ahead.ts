import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { hashAhead, type HashedAhead } from "../fingerprint/files/hash-ahead.ts";
import { findOnPath } from "../fingerprint/tool/host.ts";
import { realPath, stampOf } from "../fingerprint/tool/memo.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { CliContext } from "./command.ts";

/** What is shorter is digested before a thread would have started. */
const LONG = 16 * 1024 * 1024;

/**
 * In a first run among packages of Node, begins to digest the Node of their scripts: its hundred megabytes take longer than all that is
 * done before somebody asks. Later runs remember the digest.
 */
export function hashNodeAhead(
  { root, commonDir }: Repository,
  { environment: { variables: env, home } }: Pick<CliContext, "environment">,
): HashedAhead | undefined {
  if (existsSync(join(commonDir, "symbiotic")) || !existsSync(join(root, "package.json"))) return undefined;
  const found = findOnPath({ root, env, home }, "node");
  const path = found === undefined ? undefined : realPath(found);
  const stamp = path === undefined ? undefined : stampOf(path);
  if (path === undefined || stamp === undefined || statSync(path).size < LONG) return undefined;
  return hashAhead(path, stamp);
}
