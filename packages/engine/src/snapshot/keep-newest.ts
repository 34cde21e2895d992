import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../fingerprint/files/hash-file.ts";
import { writeAtomically } from "../fingerprint/files/write-atomically.ts";

/** So many command lines of a work tree have a file in a folder. */
const MOST = 16;

/**
 * Where what is kept for a command line lies, in a folder for its kind. In git's own folder: who may only write in the work tree
 * cannot forge it.
 */
export function commandFile(gitDir: string, kind: "snapshots" | "ran" | "graphs" | "shapes", command: string): string {
  return join(gitDir, "symbiotic", kind, digestOf(command).slice(0, 32));
}

/** Writes a file whole, and forgets the oldest ones in its folder. One that cannot be written costs the next run time and no more. */
export function keepNewest(file: string, bytes: () => Buffer): void {
  try {
    const folder = join(file, "..");
    mkdirSync(folder, { recursive: true });
    writeAtomically(file, bytes());
    for (const { name } of byAge(folder).slice(MOST)) rmSync(join(folder, name), { force: true });
  } catch {
    // The next run opens, plans and looks everything up, as it would without.
  }
}

/** What lies in a folder, the newest first. Throws what the file system throws. */
export function byAge(folder: string): readonly { readonly name: string; readonly at: number }[] {
  const ages = readdirSync(folder).map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }));
  return ages.sort((a, b) => b.at - a.at);
}
