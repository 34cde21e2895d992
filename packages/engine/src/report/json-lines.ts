import type { Envelope } from "../core/event.ts";
import { jsonText } from "./json-text.ts";
import type { Reporter, Write } from "./reporter.ts";

/** Each event with its envelope as a line of JSON on stdout: `events.jsonl`. docs/schemas/event.schema.json describes a line. */
export function createJsonLinesReporter({ write }: { readonly write: Write }): Reporter {
  return {
    handle(envelope: Envelope): void {
      write("stdout", `${jsonText(envelope)}\n`);
    },
    close(): void {
      // Each line is whole as it comes.
    },
  };
}
