import { innerOf } from "./inner.ts";
import { programName } from "./program-name.ts";

/** More than that within each other is nobody's honest command. */
const DEPTH = 8;

/** Whether a command hands a line to a shell, itself or by a program that starts others: `env bash -c '...'`. A shell that runs a script of the tree is a program like any other. Pure. */
export function asksShell([word = "", ...words]: readonly string[], depth = 0): boolean {
  const inner = innerOf(programName(word), words);
  if (inner.kind === "line" || depth > DEPTH) return true;
  return inner.kind === "commands" && inner.commands.some((command) => asksShell(command, depth + 1));
}
