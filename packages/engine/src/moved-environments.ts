import type { JsonValue } from "./core/json.ts";
import { openCache } from "./cache/open-cache.ts";
import type { Variables } from "./fingerprint/variables.ts";
import type { Roots } from "./staged/node-modules.ts";
import { makePythonEnvironments } from "./staged/python-environments.ts";
import type { Opened } from "./open.ts";

/** What the environments of another tree are made with. */
export interface Moving {
  /** The other tree, open. */
  readonly opened: Opened;
  readonly cacheDir: string;
  /** The folder for environments that lie outside the work tree. */
  readonly folder: string;
  /** Environments in the work tree that git ignores, from its root. */
  readonly directories: readonly string[];
  readonly environment: Variables;
  readonly home: string;
}

/** Gives another tree the Python environments of the work tree, and the variables with which they are found. Throws what the file system throws. */
export function movedEnvironments(
  roots: Roots,
  { opened, cacheDir, folder, directories, environment, home }: Moving,
): Variables {
  const { cache } = openCache(cacheDir);
  const memo = cache.memo("tools");
  try {
    return makePythonEnvironments({
      roots,
      candidates: opened.workspace.projects.flatMap((project) => project.environments),
      directories,
      host: { root: roots.from, env: environment, home },
      memo: { get: (key) => memo.get(key), set: (key: string, value: JsonValue) => memo.set(key, value) },
      folder,
    });
  } finally {
    memo.save();
    cache.close();
  }
}
