import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.mjs";

/**
 * The files of the repository, as git sees them: tracked, or new and not ignored.
 * @returns {string[]} relative to the root, with forward slashes, sorted
 */
export function repositoryFiles() {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 2 ** 28 });
  const files = new Set(listed.split("\0").filter((file) => file !== "" && existsSync(join(ROOT, file))));
  return [...files].sort();
}
