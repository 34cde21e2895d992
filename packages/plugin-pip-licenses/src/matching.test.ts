import { expect, test } from "vitest";
import { licencesOf, namesMatcher } from "./matching.ts";

test.each<[string, string, boolean]>([
  ["MIT", "MIT", true],
  ["mit", " MIT ", true],
  ["MIT", "MIT License", false],
  ["MIT*", "MIT License", true],
  ["*GPL*", "GNU Lesser General Public License (LGPLv3)", true],
  ["GPL*", "LGPL-3.0", false],
  ["MPL 2.0 (MPL 2.0)", "MPL 2.0 (MPL 2.0)", true],
  ["MPL 2.0", "MPL 2x0", false],
  ["*", "a\nb", true],
  ["MIT*", "MIT AND GPL-3.0", false],
  ["mit or apache-2.0", "MIT OR Apache-2.0", false],
  ["MIT OR Apache-2.0", "MIT OR Apache-2.0", true],
  ["*GPL*", "GNU General Public License v2 or later (GPLv2+)", true],
])("%s means %s: %s", (pattern, name, expected) => {
  expect(namesMatcher([pattern])(name)).toBe(expected);
});

test.each<[string, boolean, boolean]>([
  // text, allowed where MIT and BSD* are, denied where GPL* is
  ["MIT", true, false],
  ["GPL-3.0", false, true],
  ["Apache-2.0; MIT", true, false],
  ["GPL-2.0; MIT", true, true],
  ["Apache-2.0 OR MIT", true, false],
  ["GPL-3.0-only OR MIT", true, false],
  ["GPL-3.0-only OR GPL-2.0-only", false, true],
  ["MIT AND BSD-3-Clause", true, false],
  ["MIT AND Apache-2.0", false, false],
  ["MIT AND GPL-3.0", false, true],
  ["(MIT AND GPL-3.0) OR BSD-2-Clause", true, false],
])("%s is allowed: %s, denied: %s", (text, isAllowed, isDenied) => {
  expect(licencesOf(text).isAllowed(namesMatcher(["MIT", "BSD*"]))).toBe(isAllowed);
  expect(licencesOf(text).isDenied(namesMatcher(["GPL*"]))).toBe(isDenied);
});
