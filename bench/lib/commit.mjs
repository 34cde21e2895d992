import { setTimeout as sleep } from "node:timers/promises";
import { must } from "../../scripts/lib/run.mjs";

/** Longer than the coarsest time stamps that git is careful about. */
const SETTLED_MS = 2100;

/**
 * Commits everything in a new repository, and leaves it as a clone that somebody works in is.
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
export async function commitAll(options) {
  const identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost", "-c", "commit.gpgsign=false"];
  must("git", ["add", "--all"], options);
  must("git", [...identity, "commit", "--quiet", "--no-verify", "--message", "Generated"], options);
  must("git", ["repack", "-a", "-d", "--quiet", "--window=0"], options);
  // An index as old as its files says of none of them that it is unchanged; nobody works in such a state for long.
  await sleep(SETTLED_MS);
  must("git", ["update-index", "--really-refresh"], options);
}
