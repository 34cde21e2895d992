import { isInside, type Project, type RepoPath } from "@symbiotic-build/engine";
import { fromFolder } from "../config/from-folder.ts";
import type { PytestConfig } from "../config/pytest-config.ts";
import { wordsOf } from "../config/words.ts";

/**
 * The folders of pytest's `pythonpath` that hold files of other projects or of none. They are seen from the folder of the
 * file that has the setting; what leads out of the repository is left out.
 */
export function pythonPathOf(project: Project, config: PytestConfig | undefined): readonly RepoPath[] {
  if (config === undefined) return [];
  const folders = wordsOf(config.settings["pythonpath"]).flatMap((path) => fromFolder(config.folder, path) ?? []);
  return [...new Set(folders)].filter((folder) => !isOwn(folder, project));
}

/** What a project holds is its input anyway, but for the projects inside of it. */
function isOwn(folder: RepoPath, { root, nested }: Project): boolean {
  if (folder === root) return true;
  return isInside(root, folder) && !nested.some((inner) => isInside(inner, folder) || isInside(folder, inner));
}
