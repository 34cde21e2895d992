import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isAlive, ownIdentity, type ProcessIdentity } from "../../cache/process-identity.ts";

/** How the names of scratch folders begin. */
export const SCRATCH = "scratch-";
const OWNER = "owner.json";

const OwnerSchema: z.ZodType<ProcessIdentity> = z.object({ pid: z.number(), startTime: z.number() });

/** Writes down that this process works in a scratch folder. */
export function ownScratch(folder: string): void {
  writeFileSync(join(folder, OWNER), JSON.stringify(ownIdentity()));
}

/** Removes what processes that were killed left in the place of scratch folders. One that has no owner yet is being made. */
export function removeOrphans(place: string): void {
  for (const name of readdirSync(place)) {
    const owner = name.startsWith(SCRATCH) ? ownerOf(join(place, name)) : undefined;
    if (owner !== undefined && !isAlive(owner)) rmSync(join(place, name), { recursive: true, force: true });
  }
}

function ownerOf(folder: string): ProcessIdentity | undefined {
  try {
    const read = OwnerSchema.safeParse(JSON.parse(readFileSync(join(folder, OWNER), "utf8")));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
