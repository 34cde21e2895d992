/** A value that survives JSON unchanged: what options, facts and evidence are made of, and all that crosses to a worker. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Orders by UTF-16 code unit, the same on every machine and in every locale. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The canonical text of a JSON value: keys sorted by code unit, no white space, members that are `undefined` left out.
 * Equal values give equal text; lone surrogates are escaped, so the text is well-formed UTF-8 whatever the paths in it.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return primitive(value);
  return Array.isArray(value) ? arrayText(value) : objectText(value as Readonly<Record<string, unknown>>);
}

// Loops that join as they go: every key of every task is made here.
function arrayText(items: readonly unknown[]): string {
  let text = "";
  for (const item of items) text += text === "" ? canonicalJson(item) : `,${canonicalJson(item)}`;
  return `[${text}]`;
}

function objectText(object: Readonly<Record<string, unknown>>): string {
  let text = "";
  for (const key of Object.keys(object).sort(byCodeUnit)) {
    const member = object[key];
    if (member !== undefined) text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

function primitive(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${String(value)} is not JSON`);
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) throw new TypeError(`a value of type ${typeof value} is not JSON`);
  return text;
}
