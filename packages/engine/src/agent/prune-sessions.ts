import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { byCodeUnit } from "../core/json.ts";

/** So many logs of sessions stay. */
const KEPT = 100;

/** Removes the oldest logs of an agent's sessions beside one of them: their names begin with times. What cannot be removed stays. */
export function pruneSessions(logFolder: string): void {
  const folder = dirname(logFolder);
  try {
    const names = readdirSync(folder).filter((name) => /^\d{8}T\d{9}Z(?:-[0-9a-f]{8})?$/.test(name));
    for (const name of names.sort(byCodeUnit).slice(0, -KEPT))
      rmSync(join(folder, name), { recursive: true, force: true });
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
  }
}
