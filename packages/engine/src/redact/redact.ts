import type { JsonValue } from "../core/json.ts";
import { isSecretValue, redactAssignments } from "./assignments.ts";
import { knownValues } from "./known-values.ts";
import { redactMadeValues } from "./made-values.ts";
import { outsidePlaceholders, placeholder } from "./placeholder.ts";
import type { KeyState } from "./private-key.ts";
import { redactKeyLine } from "./private-key.ts";
import { mayHoldShape, SHAPES } from "./rules.ts";
import { kindOfName } from "./secret-name.ts";
import { redactStream, type RedactingStream } from "./stream.ts";

/** The version of the rules. It is in every fingerprint: text that other rules redacted is not served. */
export const REDACTION_VERSION = 4;

/**
 * Replaces secrets by `[redacted:<family>]`. It never fails, takes time in proportion to the text, keeps the number of
 * lines, and leaves what it has redacted as it is: twice is the same as once.
 */
export interface Redactor {
  /** A text of any number of lines. */
  text(text: string): string;
  /** A name that others go by (an id, a path, a command line): only what is a secret by its own shape is taken out, so it is the same in every environment. */
  name(name: string): string;
  /** Every string in a value, also by the key that it stands under; keys themselves are kept. */
  deep<T extends JsonValue>(value: T): T;
  /** For a stream: to be called with each line in order, without its line break. Each stream needs one of its own. */
  lines(): (line: string) => string;
  /** For a stream that is cut anywhere: gives what `text` gives of the whole, but for lines of more than 64 KiB, of which no secret is left either. */
  stream(): RedactingStream;
}

/** What a redactor knows beside its rules. */
export interface RedactorOptions {
  /** Exact values to take out, such as those of secret-looking variables; see `secretValuesOf`. */
  readonly secretValues: readonly string[];
}

type Pass = (text: string) => string;

/** How often a line is read again because replacing one secret made another one visible. */
const ROUNDS = 5;

/** A redactor that knows the values of its caller's secrets beside the usual shapes. */
export function createRedactor({ secretValues }: RedactorOptions): Redactor {
  const known = knownValues(secretValues);
  const few = [...known, redactAssignments, redactMadeValues];
  const all = [...known, ...SHAPES, redactAssignments, redactMadeValues];
  const lines = (): Pass => lineRedactor((line) => (mayHoldShape(line) ? all : few));
  const text: Pass = (whole) => (whole.includes("\n") ? whole.split("\n").map(lines()).join("\n") : lines()(whole));
  return {
    text,
    lines,
    stream: () => redactStream(lines(), text),
    name: redactName,
    deep: (value) => deep(value, text) as typeof value,
  };
}

const USUAL = createRedactor({ secretValues: [] });

/** A text without the secrets that can be told by their shape or by the name they are assigned to. */
export function redact(text: string): string {
  return USUAL.text(text);
}

/** A value with all its strings redacted; keys are kept. */
export function redactDeep<T extends JsonValue>(value: T): T {
  return USUAL.deep(value);
}

function redactName(name: string): string {
  return mayHoldShape(name) ? settle(name, () => SHAPES) : name;
}

function lineRedactor(passesFor: (line: string) => readonly Pass[]): Pass {
  let state: KeyState = "outside";
  return (line) => {
    const outside = redactKeyLine(line, state);
    ({ state } = outside);
    return settle(outside.line, passesFor);
  };
}

/** Repeats the passes until they change nothing. A line that does not come to rest has nothing left worth keeping. */
function settle(line: string, passesFor: (line: string) => readonly Pass[]): string {
  let text = line;
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = run(text, passesFor(text));
    if (next === text) return text;
    text = next;
  }
  return placeholder("secret");
}

/** One round: each pass sees only what those before it left outside placeholders. */
function run(text: string, passes: readonly Pass[]): string {
  return outsidePlaceholders(text, (part) => {
    // Every line of every log comes here: no iterator.
    for (let index = 0; index < passes.length; index += 1) {
      const next = passes[index]?.(part) ?? part;
      if (next !== part) return run(next, passes.slice(index + 1));
    }
    return part;
  });
}

function deep(value: JsonValue, text: Pass): JsonValue {
  if (typeof value === "string") return text(value);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => deep(item, text));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, underKey(key, member, text)]));
}

function underKey(key: string, value: JsonValue, text: Pass): JsonValue {
  const redacted = deep(value, text);
  const kind = kindOfName(key);
  if (kind === undefined || typeof redacted !== "string" || redacted.startsWith("[redacted:")) return redacted;
  return isSecretValue(kind, redacted) ? placeholder("secret") : redacted;
}
