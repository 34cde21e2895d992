import type { Diagnostic } from "../../core/diagnostic.ts";
import { warningOf } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { listIgnored } from "../../staged/ignored-files.ts";
import { watchFolders, type WatchedFolders } from "../../watch/watch-folders.ts";
import type { Repository } from "../../workspace/git/repository.ts";

/** What notices that something may have happened in a work tree. */
export interface Eyes {
  /** Leaves out what git ignores by now. */
  readonly refresh: () => void;
  readonly close: () => Promise<void>;
}

/** Whom it tells. */
export interface EyesRequest {
  /** Look every second rather than be told by the system. */
  readonly poll: boolean;
  readonly touched: () => void;
  readonly warn: (warning: Diagnostic) => void;
}

const POLL_MS = 1000;

/** Opens them; settles when what happens from then on is noticed. Where the system refuses to tell, they look every second. */
export async function openEyes(repository: Repository, { poll, touched, warn }: EyesRequest): Promise<Eyes> {
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    timer ??= setInterval(touched, POLL_MS);
  };
  const failed = (code: string): void => {
    if (timer === undefined) warn(notTold(code));
    look();
  };
  const { root } = repository;
  if (poll) look();
  const watched: WatchedFolders | undefined = poll
    ? undefined
    : await watchFolders({ root, ignored: ignoredFolders(repository), touched, failed });
  return {
    refresh: () => watched?.ignore(ignoredFolders(repository)),
    async close() {
      clearInterval(timer);
      await watched?.close();
    },
  };
}

function ignoredFolders(repository: Repository): readonly RepoPath[] {
  const ignored = listIgnored(repository);
  return ignored.ok ? ignored.value.folders : [];
}

function notTold(code: string): Diagnostic {
  return warningOf(
    "SYM4050",
    `the system does not tell of changes in all folders (${code}): symbiotic looks every second instead`,
    {
      hint:
        code === "ENOSPC"
          ? "raise the number of watches: sysctl fs.inotify.max_user_watches"
          : "nothing is missed; `--poll` looks every second from the start",
    },
  );
}
