import { warningOf, type Diagnostic } from "../core/diagnostic.ts";

/** A task that failed may have missed a variable that it was not given: those that its log mentions are named. */
export function mentionedVariables(log: string, withheld: readonly string[]): Diagnostic[] {
  const words = new Set(log.match(/[A-Za-z_][A-Za-z0-9_]{3,}/g) ?? []);
  const missed = withheld.filter((name) => name.length > 3 && words.has(name));
  if (missed.length === 0) return [];
  return [
    warningOf("SYM4013", `it may miss ${missed.join(", ")}: set in your environment, withheld from the task`, {
      hint: 'let tasks have it with `environment: { pass: ["NAME"] }`, or declare it in the atom\'s inputs',
    }),
  ];
}
