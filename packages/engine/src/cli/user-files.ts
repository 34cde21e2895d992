import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { writeAtomically } from "../fingerprint/files/write-atomically.ts";
import { normalisePath } from "../guard/paths/normalise-path.ts";
import { lookAtPlace } from "../guard/paths/place-on-disk.ts";
import type { UserFiles } from "../plugin/command.ts";

/** Access to files below a home: a path that leads elsewhere, and one through a link, is none. */
export function userFiles(home: string): UserFiles {
  const placeOf = (path: string): Result<string, string> => {
    const normal = normalisePath(path);
    if (!normal.ok || normal.value !== path) return fail("it leads elsewhere");
    const place = lookAtPlace(home, path);
    return place.ok ? ok(join(home, ...path.split("/"))) : fail(`there is ${place.error}`);
  };
  return {
    read(path) {
      const place = placeOf(path);
      try {
        return place.ok ? readFileSync(place.value, "utf8") : undefined;
      } catch {
        return undefined;
      }
    },
    write(path, text) {
      const place = placeOf(path);
      if (!place.ok) return fail(unwritten(path, place.error));
      try {
        mkdirSync(dirname(place.value), { recursive: true });
        writeAtomically(place.value, text);
        return ok(undefined);
      } catch (thrown) {
        return fail(unwritten(path, thrown instanceof Error ? thrown.message : String(thrown)));
      }
    },
  };
}

function unwritten(path: string, why: string): Diagnostic {
  return errorOf("SYM2026", `~/${path} cannot be written: ${why}`, {
    hint: "look what is there, and who may write it",
  });
}
