import { join } from "node:path";
import { openHistory } from "../../packages/engine/src/cache/history.ts";
import type { TestRepository } from "./repository.ts";

/** Has the history say of a task that it took this long in each of its last runs. */
export function writeDurations(
  repository: Pick<TestRepository, "root">,
  task: string,
  durationsMs: readonly number[],
): void {
  const history = openHistory(join(repository.root, ".git/symbiotic/history.frames"));
  const digest = "0".repeat(64);
  for (const [at, durationMs] of durationsMs.entries())
    history.append({
      ...{ task, key: digest, fingerprintDigest: digest, status: "ok", durationMs },
      ...{ at: Date.now(), run: `20260101-00000${String(at)}-0000` },
    });
}
