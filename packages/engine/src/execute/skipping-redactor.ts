import { redactKeyLine, type KeyState } from "../redact/private-key.ts";
import { linesOf } from "./line-blocks.ts";

/** Redacts the lines of one stream of which some are never shown. */
export interface SkippingRedactor {
  line(line: string): string;
  /** Goes past lines that nobody will see: what they mean for those after them is not lost. */
  skip(block: Buffer): void;
}

/** In every line that begins a private key. */
const KEY = "PRIVATE KEY";

/** `redact` for lines of one stream in order, which need not be called with those that are left out. */
export function skippingRedactor(redact: (line: string) => string): SkippingRedactor {
  let state: KeyState = "outside";
  const line = (raw: string): string => {
    // It holds nothing, and ends no key.
    if (raw === "") return raw;
    ({ state } = redactKeyLine(raw, state));
    return redact(raw);
  };
  return {
    line,
    skip(block) {
      // All else that is taken out is told by its own line.
      if (state === "outside" && !block.includes(KEY)) return;
      for (const each of linesOf(block)) line(each);
    },
  };
}
