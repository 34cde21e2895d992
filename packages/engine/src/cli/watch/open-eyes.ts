import { watch } from "node:fs";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { warningOf } from "../../core/diagnostic.ts";
import { isInside, type RepoPath } from "../../core/path.ts";
import { listIgnored } from "../../staged/ignored-files.ts";
import { watchFolders } from "../../watch/watch-folders.ts";
import type { WatchedFolders } from "../../watch/watch-request.ts";
import type { Repository } from "../../workspace/git/repository.ts";

/** What notices that something may have happened in a work tree. */
export interface Eyes {
  /** Leaves out what git ignores by now, but for folders in which one of these paths lies. */
  readonly refresh: (literal: readonly RepoPath[]) => void;
  readonly close: () => void;
}

/** Whom it tells. */
export interface EyesRequest {
  /** Look every second rather than be told by the system. */
  readonly poll: boolean;
  readonly touched: () => void;
  readonly warn: (warning: Diagnostic) => void;
}

const POLL_MS = 1000;

/** Opens them: what happens from then on is noticed. Where the system refuses to tell, they look every second. */
export function openEyes(repository: Repository, { poll, touched, warn }: EyesRequest): Eyes {
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    timer ??= setInterval(touched, POLL_MS);
  };
  if (poll) look();
  const failed = (code: string): void => {
    warn(notTold(code));
    look();
  };
  const eyes = poll ? [] : [watchIndex(repository, touched)];
  const folders: WatchedFolders | undefined = poll
    ? undefined
    : watchFolders({ root: repository.root, touched, failed }, ignoredFolders(repository, []));
  return {
    refresh: (literal) => folders?.leaveOut(ignoredFolders(repository, literal)),
    close() {
      clearInterval(timer);
      folders?.close();
      for (const close of eyes) close();
    },
  };
}

/** What git knows decides what is looked at: `git add --force` changes no file of the work tree. */
function watchIndex({ gitDir }: Repository, touched: () => void): () => void {
  try {
    const watcher = watch(gitDir, (_event, name) => {
      if (name === "index") touched();
    });
    watcher.on("error", () => undefined);
    return () => {
      watcher.close();
    };
  } catch {
    // The folders cannot be watched either, which is told.
    return () => undefined;
  }
}

function ignoredFolders(repository: Repository, literal: readonly RepoPath[]): ReadonlySet<RepoPath> {
  const ignored = listIgnored(repository);
  const folders = ignored.ok ? ignored.value.folders : [];
  return new Set(folders.filter((folder) => !literal.some((path) => isInside(folder, path))));
}

function notTold(code: string): Diagnostic {
  return warningOf("SYM4050", `the system does not tell of changes (${code}): symbiotic looks every second instead`, {
    hint:
      code === "ENOSPC"
        ? "nothing is missed; to be told, raise the number of watches: sysctl fs.inotify.max_user_watches"
        : code === "EMFILE"
          ? "nothing is missed; to be told, end other watchers or raise sysctl fs.inotify.max_user_instances"
          : "nothing is missed; `--poll` looks every second from the start",
  });
}
