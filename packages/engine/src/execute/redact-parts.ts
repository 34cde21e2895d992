import type { JsonValue } from "../core/json.ts";
import type { PartRecord } from "../plugin/parts.ts";
import type { Redactor } from "../redact/redact.ts";

/** The members of a record that are text for people, whatever else the plugin calls its own. */
const TEXTS = new Set(["summary", "reason", "message", "hint", "notes", "excerpt"]);

/**
 * The records that may be kept: texts for people without secrets. What else is in a record says when it holds, so that one that would have to
 * be altered there is left out: a path that is no longer the path would let it hold for ever.
 */
export function redactParts(parts: readonly PartRecord[], redactor: Redactor): readonly PartRecord[] {
  return parts.flatMap(({ name, record }) => {
    const redacted = redactRecord(JSON.parse(JSON.stringify(record)) as JsonValue, redactor);
    return redacted === undefined || redactor.name(name) !== name ? [] : [{ name, record: redacted }];
  });
}

/** Undefined for what has a secret's shape where no text for people stands. */
function redactRecord(value: JsonValue, redactor: Redactor): JsonValue | undefined {
  if (typeof value === "string") return redactor.name(value) === value ? value : undefined;
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) {
    const items = value.map((item: JsonValue) => redactRecord(item, redactor)).filter((item) => item !== undefined);
    return items.length === value.length ? items : undefined;
  }
  const members: [string, JsonValue][] = [];
  for (const [key, member] of Object.entries(value)) {
    const redacted = TEXTS.has(key) ? redactor.deep(member) : redactRecord(member, redactor);
    if (redacted === undefined || redactor.name(key) !== key) return undefined;
    members.push([key, redacted]);
  }
  return Object.fromEntries(members);
}
