import { manyLines, oneLine } from "./sanitise.ts";

/** Text of others for a file that machines read: its lines without control characters, never empty. */
export function safeText(text: string, otherwise: string): string {
  const safe = manyLines(text).join("\n");
  return safe === "" ? safeName(otherwise, "none") : safe;
}

/** The same in one line: a name. */
export function safeName(text: string, otherwise: string): string {
  const safe = oneLine(text).trim();
  return safe === "" ? otherwise : safe;
}
