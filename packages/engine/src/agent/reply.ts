import * as z from "zod";
import type { JsonValue } from "../core/json.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { JsonSchema } from "../plugin/agent.ts";

/** Checks what an agent answered; an error says what does not fit, in a line each. */
export type CheckReply = (answer: { readonly text: string; readonly reply?: JsonValue }) => Result<JsonValue, string>;

/** What checks replies by a schema; an error says why the schema is none. */
export function replyCheck(schema: JsonSchema): Result<CheckReply, string> {
  try {
    const parsed = z.fromJSONSchema(schema);
    return ok((answer) => {
      const value = valueOf(answer);
      if (!value.ok) return value;
      // What fits is given as it came: nothing is filled in or left out.
      const checked = parsed.safeParse(value.value);
      return checked.success ? value : fail(checked.error.issues.map(lineOf).join("\n"));
    });
  } catch (thrown) {
    return fail(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function valueOf({ text, reply }: Parameters<CheckReply>[0]): Result<JsonValue, string> {
  if (reply !== undefined) return ok(reply);
  try {
    return ok(JSON.parse(unfenced(text)) as JsonValue);
  } catch (thrown) {
    return fail(text.trim() === "" ? "it is empty" : `it is no JSON: ${(thrown as Error).message.slice(0, 200)}`);
  }
}

/** Models put JSON into a block of code, whatever they are told. */
function unfenced(text: string): string {
  const [, inner] = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text) ?? [];
  return inner ?? text;
}

function lineOf({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return path.length === 0 ? message : `${path.map(String).join(".")}: ${message}`;
}
