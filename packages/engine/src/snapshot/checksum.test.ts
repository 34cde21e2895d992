import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checksum, CHECKSUM_BYTES } from "./checksum.ts";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });

test("the same bytes have the same checksum, wherever they lie in memory", () => {
  fc.assert(
    fc.property(bytes, fc.nat(9), (some, shift) => {
      const moved = Buffer.concat([Buffer.alloc(shift), some]).subarray(shift);
      expect(checksum(moved)).toEqual(checksum(some));
      expect(checksum(some)).toHaveLength(CHECKSUM_BYTES);
    }),
  );
});

test("one bit, one word in another place, bytes more or less make another", () => {
  fc.assert(
    fc.property(bytes, fc.nat(), fc.nat(7), (some, at, bit) => {
      const other = Uint8Array.from(some);
      const place = at % some.length;
      other[place] = (other[place] ?? 0) ^ (1 << bit);
      expect(checksum(other)).not.toEqual(checksum(some));
      expect(checksum(Buffer.concat([some, Buffer.of(0)]))).not.toEqual(checksum(some));
      expect(checksum(some.subarray(0, -1))).not.toEqual(checksum(some));
    }),
  );
  const words = Int32Array.of(1, 2, 3, 4);
  const swapped = Int32Array.of(2, 1, 3, 4);
  expect(checksum(new Uint8Array(swapped.buffer))).not.toEqual(checksum(new Uint8Array(words.buffer)));
});

test("the highest bits of two words do not take each other's place", () => {
  for (let first = 0; first < 8; first += 1)
    for (let second = first + 1; second < 8; second += 1) {
      const words = new Int32Array(8);
      const sound = checksum(new Uint8Array(words.buffer));
      words[first] = -0x8000_0000;
      words[second] = -0x8000_0000;
      expect(checksum(new Uint8Array(words.buffer))).not.toEqual(sound);
    }
});
