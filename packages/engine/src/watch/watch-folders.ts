import type { RepoPath } from "../core/path.ts";
import { watchAtOnce } from "./watch-at-once.ts";
import { watchEachFolder } from "./watch-each-folder.ts";
import type { WatchedFolders, WatchRequest } from "./watch-request.ts";

/** Watches all folders below the root but these; what happens after it has returned is told. */
export function watchFolders(request: WatchRequest, leftOut: ReadonlySet<RepoPath>): WatchedFolders {
  const watchesTrees = process.platform === "darwin" || process.platform === "win32";
  return watchesTrees ? watchAtOnce(request, leftOut) : watchEachFolder(request, leftOut);
}
