import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import type { Variables } from "../fingerprint/variables.ts";

const SECRET_NAME = /(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;

/** The values that no log may show: of variables whose names say that they are secret, if long enough to be told apart. */
export function secretValues(environment: Variables): string[] {
  return Object.entries(environment).flatMap(([name, value]) => (value !== undefined && value.length >= 8 && SECRET_NAME.test(name) ? [value] : []));
}

/** A task that failed may have missed a variable that it was not given: those that its log mentions are named. */
export function mentionedVariables(log: string, withheld: readonly string[]): Diagnostic[] {
  const words = new Set(log.match(/[A-Za-z_][A-Za-z0-9_]{3,}/g) ?? []);
  const missed = withheld.filter((name) => name.length > 3 && words.has(name));
  if (missed.length === 0) return [];
  return [
    warningOf("SYM4013", `it may miss ${missed.join(", ")}: set in your environment, withheld from the task`, {
      hint: "let tasks have it with `environment: { pass: [\"NAME\"] }`, or declare it in the atom's inputs",
    }),
  ];
}
