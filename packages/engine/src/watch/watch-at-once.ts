import { watch } from "node:fs";
import { ancestors, type RepoPath } from "../core/path.ts";
import { errorCode } from "../fingerprint/files/file-stat.ts";
import { isState, type WatchedFolders, type WatchRequest } from "./watch-request.ts";

/** Watches the root with all that is below it, where the system does that by itself. */
export function watchAtOnce({ root, touched, failed }: WatchRequest, leftOut: ReadonlySet<RepoPath>): WatchedFolders {
  let without = leftOut;
  try {
    const watcher = watch(root, { recursive: true }, (_event, name) => {
      const path = name?.replaceAll("\\", "/") ?? ".";
      if (!ancestors(path).some((folder) => isState(folder) || without.has(folder))) touched();
    });
    watcher.on("error", (error) => {
      watcher.close();
      failed(errorCode(error));
    });
    return {
      leaveOut(folders) {
        without = folders;
      },
      close: () => {
        watcher.close();
      },
    };
  } catch (error) {
    failed(errorCode(error));
    return { leaveOut: () => undefined, close: () => undefined };
  }
}
