/** A piece of Python source that matters for reading literals. */
export type Token =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "word" | "sign"; readonly value: string };

const PIECE =
  /#[^\n]*|([A-Za-z]{0,2})("""[\s\S]*?(?:(?<!\\)"""|$)|'''[\s\S]*?(?:(?<!\\)'''|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?)|[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|[=!<>]=|\s+|[\s\S]/gu;

/** Cuts Python source into strings, words and signs; comments, white space and strings that are computed (f"") are left out. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECE)) {
    const [piece, prefix, quoted] = match;
    if (/^(?:\s|#)/.test(piece)) continue;
    if (quoted === undefined) tokens.push({ kind: /^[\p{L}_]/u.test(piece) ? "word" : "sign", value: piece });
    else if (!/f|t|b/i.test(prefix ?? "")) addString(tokens, contentOf(quoted));
    else tokens.push({ kind: "sign", value: "…" });
  }
  return tokens;
}

/** Strings side by side are one string. */
function addString(tokens: Token[], value: string): void {
  const last = tokens.at(-1);
  if (last?.kind === "string") tokens[tokens.length - 1] = { kind: "string", value: last.value + value };
  else tokens.push({ kind: "string", value });
}

function contentOf(quoted: string): string {
  const width = /^("""|''')/.test(quoted) ? 3 : 1;
  const end =
    quoted.length >= 2 * width && quoted.endsWith(quoted.slice(0, width)) ? quoted.length - width : quoted.length;
  return quoted
    .slice(width, end)
    .replace(/\\\r?\n/g, "")
    .replace(/\\(['"\\])/g, "$1");
}
