const VALID = /^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$/i;

/** The one spelling of a distribution's name (PEP 503), or nothing where the text is no such name (a template's, say). */
export function normalizeName(text: string): string | undefined {
  return VALID.test(text) ? text.toLowerCase().replace(/[-_.]+/g, "-") : undefined;
}
