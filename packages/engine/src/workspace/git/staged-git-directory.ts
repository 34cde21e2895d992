import { copyFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "./repository.ts";

const SPARSE = ["core.sparseCheckout", "core.sparseCheckoutCone", "index.sparse"];

/**
 * Makes a folder a git directory of the repository with an index and a HEAD of its own, as a linked work tree has one,
 * but one that is in no list: it shares objects, references and settings, and no command of the user's sees it. HEAD is
 * detached, so that nothing done there moves a branch.
 */
export function writeGitDirectory(folder: string, repository: GitDirectoryOrigin): void {
  const { commonDir, gitDir, head, branch } = repository;
  mkdirSync(join(folder, "info"), { recursive: true });
  writeFileSync(join(folder, "commondir"), `${commonDir}\n`);
  writeFileSync(join(folder, "HEAD"), head === null ? `ref: refs/heads/${branch ?? "main"}\n` : `${head}\n`);
  const patterns = join(gitDir, "info", "sparse-checkout");
  if (existsSync(patterns)) copyFileSync(patterns, join(folder, "info", "sparse-checkout"));
  writeFileSync(join(folder, "config.worktree"), sparseSettings(repository));
}

/** What a git directory takes from the one that it is made like. */
export type GitDirectoryOrigin = Pick<Repository, "commonDir" | "gitDir" | "head" | "branch" | "git">;

/** Of the settings of a work tree only those that say which files are checked out: others may name the work tree itself. */
function sparseSettings({ git }: GitDirectoryOrigin): string {
  const lines = SPARSE.flatMap((key) => {
    const answer = git(["config", "--type=bool", "--get", key]);
    if (!answer.ok || answer.value.exitCode !== 0) return [];
    const [section = "", name = ""] = key.split(".");
    return [`[${section}]\n\t${name} = ${answer.value.stdout.toString("utf8").trim()}\n`];
  });
  return lines.join("");
}
