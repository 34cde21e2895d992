import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive, ownIdentity, type ProcessIdentity } from "../../cache/process-identity.ts";

/** How the names of scratch folders begin. */
const SCRATCH = "scratch-";
const NAMED = /^scratch-(\d+)-(\d+(?:\.\d+)?)-/;

/** Makes a scratch folder, private; its name says whose it is, from the moment it is there until it is gone. */
export function makeScratchFolder(place: string): string {
  const { pid, startTime } = ownIdentity();
  return mkdtempSync(join(place, `${SCRATCH}${String(pid)}-${String(startTime)}-`));
}

/** Removes what processes that were killed left in the place of scratch folders, made or removed by half. */
export function removeOrphans(place: string): void {
  for (const name of readdirSync(place)) {
    const owner = ownerOf(name);
    if (owner !== undefined && !isAlive(owner)) rmSync(join(place, name), { recursive: true, force: true });
  }
}

function ownerOf(name: string): ProcessIdentity | undefined {
  const [, pid, startTime] = NAMED.exec(name) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), startTime: Number(startTime) };
}
