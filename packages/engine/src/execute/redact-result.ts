import type { JsonValue } from "../core/json.ts";
import type { Redactor } from "../redact/redact.ts";
import type { JobResult } from "./job.ts";
import { redactParts } from "./redact-parts.ts";

/** The members of a result that are text for people, or data of which nothing is known. All others are names that something goes by. */
const TEXTS = new Set(["summary", "reason", "message", "hint", "notes", "excerpt", "data"]);

/** A result that may be shown and kept: as JSON, texts without secrets; in names (ids, paths, rules) the values of variables stay. */
export function redactResult(result: JobResult, redactor: Redactor): JobResult {
  const { parts, ...rest } = result.kind === "done" ? result.outcome : {};
  const plain = parts === undefined ? result : { ...result, outcome: rest };
  const redacted = members(JSON.parse(JSON.stringify(plain)) as JsonValue, redactor) as unknown as JobResult;
  if (parts === undefined || redacted.kind !== "done") return redacted;
  return { ...redacted, outcome: { ...redacted.outcome, parts: redactParts(parts, redactor) } };
}

function members(value: JsonValue, redactor: Redactor): JsonValue {
  if (typeof value === "string") return redactor.name(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => members(item, redactor));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      TEXTS.has(key) ? redactor.deep(member) : members(member, redactor),
    ]),
  );
}
