import { byCodeUnit } from "../core/json.ts";
import { decodePath, type RepoPath } from "../core/path.ts";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";
import type { Environment } from "../workspace/git/git.ts";
import { askGitAside } from "../workspace/git/git-aside.ts";
import { nameCase } from "../workspace/git/name-case.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";

/** The digest of a list of untracked files, in whatever order. */
export function untrackedDigest(paths: readonly RepoPath[]): Digest {
  return digestOf([...paths].sort(byCodeUnit).join("\0"));
}

const LIST = ["ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--"];

/** Where git is asked, both absolute, and the folders of the work tree that it is asked about: all, where none are given. */
export interface UntrackedPlace {
  readonly cwd: string;
  readonly root: string;
  readonly within?: readonly RepoPath[] | undefined;
}

/**
 * Asks git in a folder for the files of the work tree around it, whose root is given, that are neither tracked nor ignored, beside other work. Undefined
 * where git does not answer: it refuses where it would not open the repository from there.
 */
export async function askUntracked(
  { cwd, root, within = ["."] }: UntrackedPlace,
  environment: Environment,
  signal: AbortSignal,
): Promise<Digest | undefined> {
  const output = await askGitAside(cwd, environment, [...nameCase(root), ...LIST, ...within.map(pathspec)], { signal });
  return output && untrackedDigest(pathsIn(output));
}

/** From the top of the work tree, wherever git is started in it. */
function pathspec(folder: RepoPath): string {
  return folder === "." ? ":/" : `:(top,literal)${folder}`;
}

function pathsIn(output: Buffer): RepoPath[] {
  const paths: RepoPath[] = [];
  for (let from = 0, end = output.indexOf(0); end >= 0; from = end + 1, end = output.indexOf(0, from))
    paths.push(decodePath(output.subarray(from, end)));
  return paths.filter((path) => !path.endsWith("/") && !isOwnFile(path, false));
}
