import { spawn } from "node:child_process";
import { byCodeUnit } from "../core/json.ts";
import { decodePath, type RepoPath } from "../core/path.ts";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";
import { type Environment, gitProcess } from "../workspace/git/git.ts";
import { isOwnFile } from "../workspace/git/own-files.ts";

/** The digest of a list of untracked files, in whatever order. */
export function untrackedDigest(paths: readonly RepoPath[]): Digest {
  return digestOf([...paths].sort(byCodeUnit).join("\0"));
}

/**
 * Asks git for the files that are neither tracked nor ignored, in a process beside this one. Gives the digest of the list,
 * or undefined where git does not answer.
 */
export function askUntracked(root: string, environment: Environment): Promise<Digest | undefined> {
  const { file, args, env } = gitProcess(environment, ["ls-files", "-z", "--others", "--exclude-standard"]);
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ["ignore", "pipe", "ignore"], windowsHide: true });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => {
      resolve(undefined);
    });
    child.on("close", (code) => {
      resolve(code === 0 ? untrackedDigest(pathsIn(Buffer.concat(chunks))) : undefined);
    });
  });
}

function pathsIn(output: Buffer): RepoPath[] {
  const paths: RepoPath[] = [];
  for (let from = 0, end = output.indexOf(0); end >= 0; from = end + 1, end = output.indexOf(0, from))
    paths.push(decodePath(output.subarray(from, end)));
  return paths.filter((path) => !path.endsWith("/") && !isOwnFile(path, false));
}
