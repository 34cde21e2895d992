/** SPDX writes its operators in capitals; `GPL v2 or later` is a name. */
const OPERATOR = /\s(?:OR|AND)\s/;

/**
 * Says whether a name is one of these patterns: case does not matter, `*` stands for anything. A whole expression is meant only
 * by a pattern that is one too: `MIT*` is not `MIT AND GPL-3.0`.
 */
export function namesMatcher(patterns: readonly string[]): (name: string) => boolean {
  const forms = patterns.map((pattern) => ({
    isExpression: OPERATOR.test(pattern),
    form: new RegExp(`^${pattern.split("*").map(escaped).join(".*")}$`, "is"),
  }));
  return (name) => {
    const isWhole = OPERATOR.test(name);
    return forms.some(({ form, isExpression }) => (isExpression || !isWhole) && form.test(name.trim()));
  };
}

/** What is said of a distribution: one licence, several with `;` between them, or an SPDX expression. */
export interface Licences {
  /** One of them, or each way to use an SPDX expression, matches. */
  isDenied(matches: (name: string) => boolean): boolean;
  /** It can be used under licences that match alone. */
  isAllowed(matches: (name: string) => boolean): boolean;
}

/** Reads the licences that metadata names. */
export function licencesOf(text: string): Licences {
  const named = text.split(";").map((part) => ({ name: part, ways: waysOf(part) }));
  return {
    isDenied: (matches) => named.some(({ name, ways }) => matches(name) || ways.every((parts) => parts.some(matches))),
    isAllowed: (matches) => named.some(({ name, ways }) => matches(name) || ways.some((parts) => parts.every(matches))),
  };
}

/** The alternatives of an SPDX expression, each as the licences that hold together; brackets within are not followed. */
function waysOf(expression: string): readonly (readonly string[])[] {
  return expression
    .split(/\sOR\s/)
    .map((way) => way.split(/\sAND\s/).map((name) => name.replace(/^[\s(]+|[\s)]+$/g, "")));
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
}
