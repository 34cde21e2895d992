import { warningOf, type Diagnostic } from "../core/diagnostic.ts";

/** A task that failed may have missed a variable that it was not given: those that its log mentions are named. */
export function mentionedVariables(log: string, withheld: readonly string[]): Diagnostic[] {
  const missed = namedIn(log, withheld);
  if (missed.length === 0) return [];
  return [
    warningOf("SYM4013", `it may miss ${missed.join(", ")}: set in your environment, withheld from the task`, {
      hint: 'let tasks have it with `environment: { pass: ["NAME"] }`, or declare it in the atom\'s inputs',
    }),
  ];
}

/** Those of the names that a log mentions; short ones are words of their own. */
export function namedIn(log: string, names: readonly string[]): readonly string[] {
  const words = new Set(log.match(/[A-Za-z_][A-Za-z0-9_]{3,}/g) ?? []);
  return names.filter((name) => name.length > 3 && words.has(name));
}
