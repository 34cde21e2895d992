import { readFileSync } from "node:fs";
import { type Digest, digestOf } from "../fingerprint/files/hash-file.ts";
import { commandFile, keepNewest } from "../snapshot/keep-newest.ts";
import type { RepositoryShape } from "./kept-graph.ts";

/** Where the shape of a repository lies that the snapshot of a command line goes with. */
function shapeFile(gitDir: string, command: string): string {
  return commandFile(gitDir, "shapes", command);
}

/** Writes a shape; its digest is what a snapshot names it by. */
export function writeShape(gitDir: string, command: string, shape: RepositoryShape): Digest {
  const text = JSON.stringify(shape);
  keepNewest(shapeFile(gitDir, command), () => Buffer.from(text));
  return digestOf(text);
}

/** The shape with this digest; undefined where it is gone, or another one has its place. */
export function readShape(gitDir: string, command: string, digest: Digest): RepositoryShape | undefined {
  try {
    const text = readFileSync(shapeFile(gitDir, command), "utf8");
    // What has the digest is what was written.
    return digestOf(text) === digest ? (JSON.parse(text) as RepositoryShape) : undefined;
  } catch {
    return undefined;
  }
}
