const ENCODED = /(?:%[0-9a-f]{2})+/gi;
const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A text with its percent-encodings undone once; undefined where they are no UTF-8. A `%` that begins none stays. */
export function decodePercent(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return text.replace(ENCODED, (run) => UTF8.decode(Buffer.from(run.replaceAll("%", ""), "hex")));
  } catch {
    return undefined;
  }
}
