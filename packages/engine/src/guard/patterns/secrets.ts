import { PLACEHOLDERS } from "../../redact/placeholder.ts";
import type { Redactor } from "../../redact/redact.ts";
import type { AddedLine } from "../diff/file-change.ts";

/** A secret in a line that a change adds. */
export interface FoundSecret {
  readonly line: number;
  /** Which kinds, sorted: `github`. */
  readonly families: readonly string[];
}

/** The lines that hold what would be redacted. Lines that follow each other are read as one text: a key has many. */
export function secretsIn(added: readonly AddedLine[], redactor: Pick<Redactor, "lines">): FoundSecret[] {
  const found: FoundSecret[] = [];
  let [redact, expected] = [redactor.lines(), added[0]?.line ?? 1];
  for (const { line, text } of added) {
    if (line !== expected) redact = redactor.lines();
    expected = line + 1;
    const redacted = redact(text);
    if (redacted !== text) found.push({ line, families: familiesIn(redacted) });
  }
  return found;
}

function familiesIn(redacted: string): string[] {
  return [...new Set([...redacted.matchAll(PLACEHOLDERS)].map(([, family = "secret"]) => family))].sort();
}
