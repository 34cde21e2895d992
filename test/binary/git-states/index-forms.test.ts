import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "vitest";
import type { TestRepository } from "../../support/repository.ts";
import { createListedRepository, EDITS, takeChanges } from "./support/listed.ts";

const update =
  (...args: readonly string[]) =>
  (repository: TestRepository): void => {
    repository.git("update-index", ...args);
  };

/** A file-system monitor that says of everything that it did not change. */
function trustNothing(repository: TestRepository): void {
  const hook = join(repository.home, "monitor");
  writeFileSync(hook, "#!/bin/sh\nprintf 'token\\0'\n", { mode: 0o755 });
  repository.git("config", "core.fsmonitor", hook);
  repository.git("update-index", "--fsmonitor");
  repository.git("status");
}

const FORMS: Readonly<Record<string, (repository: TestRepository) => void>> = {
  "version 4": update("--index-version", "4"),
  "version 3": update("--index-version", "3", "--skip-worktree", "list.mjs"),
  split: update("--split-index"),
  "split for ever": (r) => {
    r.git("config", "core.splitIndex", "true");
    r.git("config", "splitIndex.maxPercentChange", "0");
    r.write({ "README.md": "read me\n" });
    r.git("add", "README.md");
  },
  "with an untracked cache": (r) => {
    r.git("config", "core.untrackedCache", "true");
    r.git("update-index", "--force-untracked-cache");
    r.git("status");
  },
  "with a monitor that says that nothing changed": trustNothing,
  "with a monitor and an untracked cache": (r) => {
    r.git("update-index", "--force-untracked-cache");
    trustNothing(r);
  },
  "without a checksum": (r) => {
    r.git("-c", "index.skipHash=true", "update-index", "--force-write-index");
  },
  "with offsets of its entries": (r) => {
    r.git("-c", "index.threads=2", "-c", "index.recordOffsetTable=true", "read-tree", "HEAD");
  },
  gone: (r) => r.remove(".git/index"),
  "locked by a process that is no more": (r) => r.write({ ".git/index.lock": "" }),
};

test.concurrent.each(Object.entries(FORMS))(
  "with an index that is %s each edit is a miss of its project alone",
  async (_, prepare) => {
    using repository = createListedRepository();
    prepare(repository);
    await takeChanges(repository, EDITS);
  },
);
