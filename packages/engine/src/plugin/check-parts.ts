import { ownFileProblem } from "./own-file.ts";
import { MOST_OF_A_PART } from "./parts.ts";

/** What is wrong with an atom's `parts`, in a few words; undefined where nothing is, or where it has none. Plugins need not be written in TypeScript. */
export function partsProblem(atom: object): string | undefined {
  const { parts, kind, command, batch } = atom as Readonly<Record<string, unknown>>;
  if (parts === undefined) return undefined;
  if (typeof parts !== "object" || parts === null) return "they are no object";
  if (kind !== "check" || typeof command !== "function") return "only a command of kind `check` has parts";
  if (batch !== undefined) return "an atom with `batch` has none";
  const { known, names, max } = parts as Readonly<Record<string, unknown>>;
  const why = ownFileProblem(known);
  if (why !== undefined) return `\`known\` names no file, ${JSON.stringify(known)}: ${why}`;
  if (typeof names !== "function") return "`names` is no function";
  if (max !== undefined && !(Number.isInteger(max) && Number(max) >= 1 && Number(max) <= MOST_OF_A_PART))
    return `\`max\` is no whole number from 1 to ${String(MOST_OF_A_PART)}`;
  return undefined;
}
