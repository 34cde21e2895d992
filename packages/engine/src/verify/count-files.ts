import { lstatSync, readdirSync, type Stats } from "node:fs";
import { absolutePath, type RepoPath } from "../core/path.ts";

/** Where counting ends. */
export interface Most {
  readonly files: number;
  readonly bytes: number;
}

/** How many files lie at or below a path; undefined where they are too many or too large. */
export function countFiles(root: string, path: RepoPath, most: Most): number | undefined {
  let [files, bytes] = [0, 0];
  const open = [absolutePath(root, path)];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const stat = lookAt(at);
    if (stat === undefined) continue;
    if (stat.isDirectory()) {
      const names = namesIn(at);
      for (const name of names) open.push(Buffer.concat([Buffer.from(at), Buffer.from("/"), name]));
    } else {
      files += 1;
      bytes += stat.size;
    }
    if (files > most.files || bytes > most.bytes) return undefined;
  }
  return files;
}

/** What this user may not look into holds nothing for this user. */
function namesIn(folder: string | Buffer): readonly Buffer[] {
  try {
    return readdirSync(folder, { encoding: "buffer" });
  } catch {
    return [];
  }
}

function lookAt(place: string | Buffer): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
