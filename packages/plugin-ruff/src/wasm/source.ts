import { readFileSync } from "node:fs";

/** The text of a file; `undefined` where it cannot be read as UTF-8. A byte order mark stays. */
export function readSource(file: string): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch {
    return undefined;
  }
}
