import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { selectAtoms } from "../../graph/selection.ts";
import type { Opened } from "../../open.ts";
import { isFix } from "./wanted-fixes.ts";

/** An error where a run names an atom that mends: `symbiotic fix` alone runs those, in a copy. */
export function refusedFix(names: readonly string[], { index, workspace }: Opened): Diagnostic | undefined {
  const wanted = selectAtoms(names, index, workspace);
  const found = wanted.ok ? wanted.value.map(({ atom }) => index.atoms.get(atom)) : [];
  const fix = found.find((each) => each !== undefined && isFix(each));
  if (fix === undefined) return undefined;
  return errorOf("SYM2081", `\`${fix.id}\` changes sources, and a run does not`, {
    hint: `\`symbiotic fix ${fix.id}\` runs it and shows what it changed`,
  });
}
