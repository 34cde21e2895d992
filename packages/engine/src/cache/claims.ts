import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { byCodeUnit } from "../core/json.ts";
import { uniqueName, withFolder } from "../fingerprint/files/write-atomically.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";

/** That somebody wants a key, or has it. A claim's name is used once, so a dead one can be removed without a race. */
export interface Claim {
  /** Of the file that stands for the claim. */
  readonly file: string;
  readonly owner: ProcessIdentity;
}

const HELD = ".held";

/** Writes a new claim. Throws what the file system throws. */
export function makeClaim(folder: string, key: string, owner: ProcessIdentity): Claim {
  const nonce = uniqueName().split("-").at(-1) ?? "";
  const file = join(folder, `${key}.${owner.pid}-${owner.startTime}-${nonce}`);
  withFolder(folder, () => writeFileSync(file, "", { flag: "wx" }));
  return { file, owner };
}

/** Says that the claim is now a possession; `note` is told to others. Throws what the file system throws. */
export function markHeld({ file }: Claim, note: string): void {
  writeFileSync(file + HELD, note);
}

/** The note of a claim that is a possession; `undefined` for one that is not, or not yet. */
export function noteOf({ file }: Claim): string | undefined {
  try {
    return readFileSync(file + HELD, "utf8");
  } catch {
    return undefined;
  }
}

/** Takes a claim back. One that cannot be removed stays until its owner is dead. */
export function dropClaim({ file }: Claim): void {
  try {
    rmSync(file + HELD, { force: true });
    rmSync(file, { force: true });
  } catch {
    // See above.
  }
}

/** The claims of living processes to a key, sorted by file; those of dead ones are removed. */
export function listClaims(folder: string, key: string): readonly Claim[] {
  return namesOf(folder, key)
    .map((name) => {
      const [pid, startTime] = name
        .slice(key.length + 1)
        .split("-")
        .map(Number);
      return { file: join(folder, name), owner: { pid: pid ?? 0, startTime: startTime ?? 0 } };
    })
    .filter((claim) => {
      if (isAlive(claim.owner)) return true;
      dropClaim(claim);
      return false;
    });
}

function namesOf(folder: string, key: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.startsWith(`${key}.`) && !name.endsWith(HELD));
    return names.sort(byCodeUnit);
  } catch {
    return [];
  }
}
