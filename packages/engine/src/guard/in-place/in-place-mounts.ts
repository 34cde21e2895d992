import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RepoPath } from "../../core/path.ts";
import { INSTALLED_TOOLS } from "../../fingerprint/tool/installed-tools.ts";
import type { InPlaceEnd } from "../scratch/scratch.ts";
import type { Apart } from "./list-apart.ts";

/** What a sandbox puts over the user's tree, so that an agent that works in it reaches no more of it than in a copy. */
export type TreeMounts = InPlaceEnd["mounts"];

/** Makes what is to be mounted, in the folder of the call. Throws what the file system throws. */
export function inPlaceMounts(
  root: string,
  { apart, folder, git }: { readonly apart: Apart; readonly folder: string; readonly git: string },
): TreeMounts {
  const at = (path: RepoPath): string => join(root, path);
  const blank = (path: RepoPath): string => join(folder, "blank", path.endsWith(".json") ? "settings.json" : "file");
  mkdirSync(join(folder, "blank"), { recursive: true });
  writeFileSync(join(folder, "blank", "settings.json"), "{}\n");
  writeFileSync(join(folder, "blank", "file"), "");
  return {
    mounted: [
      ...apart.blank.map((path) => ({ from: blank(path), at: at(path) })),
      ...apart.readable.map((path) => ({ from: at(path), at: at(path) })),
    ],
    hidden: apart.emptied.map(at),
    shown: [
      { from: at(INSTALLED_TOOLS), at: at(INSTALLED_TOOLS) },
      { from: git, at: at(".git") },
    ],
  };
}
