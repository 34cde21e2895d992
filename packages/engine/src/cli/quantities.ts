const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

const HOUR_MS = 60 * 60 * 1000;
const SPANS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };

/** What a size on the command line may look like, for messages. */
export const BYTES_EXPECTED = "a size such as 500MB or 2GiB";
/** What an age on the command line may look like, for messages. */
export const AGE_EXPECTED = "an age such as 12h, 7d or 2w";

/** A number of bytes from a text such as `500MB`, `2GiB` or `1000000`; `undefined` for anything else. */
export function parseBytes(text: string): number | undefined {
  return parse(text, /^(\d{1,15}(?:\.\d{1,3})?) ?([a-z]{0,3})$/i, UNITS);
}

/** Milliseconds from a text such as `12h`, `7d` or `2w`; `undefined` for anything else. */
export function parseAge(text: string): number | undefined {
  return parse(text, /^(\d{1,6}(?:\.\d{1,3})?) ?([hdw])$/i, SPANS);
}

/** A number of bytes for people: `0 B`, `34.5 KiB`, `5.0 GiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  const power = Math.min(4, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${["B", "KiB", "MiB", "GiB", "TiB"][power] ?? ""}`;
}

function parse(text: string, form: RegExp, units: Readonly<Record<string, number>>): number | undefined {
  const [, amount = "", unit = ""] = form.exec(text) ?? [];
  const factor = amount === "" ? undefined : units[unit.toLowerCase()];
  return factor === undefined ? undefined : Math.round(Number(amount) * factor);
}
