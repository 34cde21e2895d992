import * as z from "zod";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";

/** What a process tells of a configuration that it has evaluated. */
export type Evaluated =
  | { readonly kind: "refused"; readonly problems: readonly Diagnostic[] }
  | { readonly kind: "layers"; readonly layers: readonly EvaluatedLayer[] };

/** A file with what it says. */
export interface EvaluatedLayer {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  /** Without `plugins`. */
  readonly value: JsonValue;
  /** Absent where `plugins` is no list. */
  readonly plugins?: readonly EvaluatedPlugin[] | undefined;
  /** Which module imported which, by their URLs. */
  readonly imports: readonly (readonly [from: string, to: readonly string[]])[];
}

/**
 * An entry of `plugins`: `named` by its package; `installed`, that is, what the factory of a module outside the repository gives
 * with these options; `listed`, which is found in the configuration alone.
 */
export type EvaluatedPlugin =
  | { readonly kind: "named"; readonly entry: JsonValue }
  | { readonly kind: "installed"; readonly url: string; readonly options?: JsonValue | undefined }
  | { readonly kind: "listed"; readonly name: string; readonly options?: JsonValue | undefined }
  | { readonly kind: "not-json"; readonly name: string }
  | { readonly kind: "no-plugin" };

const json = z.json() as z.ZodType<JsonValue>;
const text = z.string();

/** The code that was evaluated shares its process with what tells of it: what comes from there is checked. */
export const evaluated: z.ZodType<Evaluated> = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("refused"),
    problems: z.array(z.custom<Diagnostic>((each) => z.object({ code: text, message: text }).safeParse(each).success)),
  }),
  z.object({
    kind: z.literal("layers"),
    layers: z.array(
      z.object({
        file: text,
        text,
        value: json,
        plugins: z
          .array(
            z.discriminatedUnion("kind", [
              z.object({ kind: z.literal("named"), entry: json }),
              z.object({ kind: z.literal("installed"), url: text, options: json.optional() }),
              z.object({ kind: z.literal("listed"), name: text, options: json.optional() }),
              z.object({ kind: z.literal("not-json"), name: text }),
              z.object({ kind: z.literal("no-plugin") }),
            ]),
          )
          .optional(),
        imports: z.array(z.tuple([text, z.array(text)])),
      }),
    ),
  }),
]);
