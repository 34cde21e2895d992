import { byCodeUnit } from "../core/json.ts";
import { isStandIn } from "./looks.ts";
import { placeholder } from "./placeholder.ts";

/** Shorter ones would be found in words that are no secret. */
const SHORTEST = 6;

/**
 * A pass over a line for each of these exact values, also as they are written in a URL or in JSON. A value of several
 * lines is taken out line by line. Values under six characters and plain words (`default`) are not looked for.
 */
export function knownValues(values: readonly string[]): ((text: string) => string)[] {
  const lines = values
    .flatMap((value) => value.split(/\r?\n/))
    .filter((line) => line.trim().length >= SHORTEST && !isStandIn(line));
  const forms = new Set(
    lines.flatMap((line) => [line, encodeURIComponent(line.toWellFormed()), JSON.stringify(line).slice(1, -1)]),
  );
  // The longest first: one value may hold another.
  const ordered = [...forms].sort((a, b) => b.length - a.length || byCodeUnit(a, b));
  return ordered.map((value) => (text) => text.replaceAll(value, placeholder("environment")));
}
