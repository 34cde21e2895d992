import { expect, test } from "vitest";
import { formatBytes, parseAge, parseBytes } from "./quantities.ts";

test("sizes are read with decimal and binary units, in any case", () => {
  const texts = ["0", "1000000", "500MB", "500 mb", "2GiB", "1.5KiB", "7b"];
  expect(texts.map(parseBytes)).toEqual([0, 1_000_000, 500e6, 500e6, 2 * 1024 ** 3, 1536, 7]);
});

test("what is no size and what is no age is not guessed at", () => {
  const none = ["", "MB", "-1", "1e9", "5x", "1,000", "5 GiBs", "0x10", "constructor"];
  expect(none.map(parseBytes)).toEqual(none.map(() => undefined));
  const ages = ["", "7", "d", "-7d", "7 days", "1m"];
  expect(ages.map(parseAge)).toEqual(ages.map(() => undefined));
});

test("ages are read in hours, days and weeks", () => {
  expect(["12h", "7d", "2w", "0.5d"].map(parseAge)).toEqual([43_200_000, 604_800_000, 1_209_600_000, 43_200_000]);
});

test("sizes are shown in the unit that fits them", () => {
  expect([0, 1023, 1024, 35_328, 1024 ** 2 * 1.25, 5 * 1024 ** 3, 1024 ** 5].map(formatBytes)).toEqual([
    "0 B",
    "1023 B",
    "1.0 KiB",
    "34.5 KiB",
    "1.3 MiB",
    "5.0 GiB",
    "1024.0 TiB",
  ]);
});
