import fc from "fast-check";
import { decodePath } from "../../../src/core/path.ts";

/** Bytes as names may hold them: any at all, and text with a few bytes in it that are none. */
export const anyBytes: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(
      fc.oneof(
        fc.string({ unit: "grapheme", maxLength: 4 }).map((text) => Buffer.from(text)),
        fc.uint8Array({ minLength: 1, maxLength: 2 }),
      ),
      {
        maxLength: 6,
      },
    )
    .map((parts) => Buffer.concat(parts)),
);

/** Names as the file system has them: what bytes decode to, with the characters that ids give a meaning to among them. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  anyBytes.filter(({ length }) => length > 0).map(decodePath),
  fc.string({
    unit: fc.constantFrom("a", "A", "~", "%", "/", ":", "=", ".", "2", "5", "f", "-", "_", "@", " "),
    minLength: 1,
    maxLength: 8,
  }),
);
