import type { RepoPath } from "@symbiotic-build/engine";
import { foreignFolders } from "@symbiotic-build/validator";
import type { GitleaksContext } from "./common.ts";

/**
 * The variable by which gitleaks is told of folders that it need not read: other projects, environments, what the engine itself
 * writes. Nothing of what is in them is told, and to a project at the root they are nearly all there is. A release that does not know
 * the variable reads everything. None where there are settings: they are read as they are.
 */
export function leavingOut({ facts, project }: GitleaksContext): Readonly<Record<string, string>> {
  const folders = [...foreignFolders(project), ...(project.root === "." ? [".symbiotic"] : [])];
  if (facts.config !== null || folders.length === 0) return {};
  const paths = folders.map((folder) => JSON.stringify(`^(?:\\./)?${escaped(folder)}(?:[/\\\\]|$)`));
  return { GITLEAKS_CONFIG_TOML: `[extend]\nuseDefault = true\n[allowlist]\npaths = [${paths.join(", ")}]\n` };
}

function escaped(folder: RepoPath): string {
  return folder
    .split("/")
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("[/\\\\]");
}
