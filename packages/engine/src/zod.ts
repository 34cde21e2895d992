import type * as zod from "zod";
import {
  array,
  boolean,
  coerce,
  enum as enumOf,
  int,
  json,
  literal,
  number,
  object,
  record,
  strictObject,
  string,
  toJSONSchema,
  tuple,
  undefined as undefinedOf,
  union,
  unknown,
  url,
} from "zod";

type Makers = "array" | "boolean" | "coerce" | "enum" | "int" | "json" | "literal" | "number" | "object" | "record";
type MoreMakers = "strictObject" | "string" | "toJSONSchema" | "tuple" | "undefined" | "union" | "unknown" | "url";

/**
 * What the plugins of this repository make their schemas of: their builds take it in the place of `zod`, so that a process loads
 * that once and not with each of them. A plugin that others write brings a zod of its own.
 */
export const z: Pick<typeof zod, Makers | MoreMakers> = {
  ...{ array, boolean, coerce, enum: enumOf, int, json, literal, number, object, record },
  ...{ strictObject, string, toJSONSchema, tuple, undefined: undefinedOf, union, unknown, url },
};
