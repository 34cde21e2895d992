import { expect, test } from "vitest";
import { looksMade } from "./looks-made.ts";
import { redact } from "./redact.ts";

const HEX = "0123456789abcdef";
const SMALL = "abcdefghijklmnopqrstuvwxyz";
const WORD = `${SMALL}${SMALL.toUpperCase()}0123456789`;
const MANY = 20_000;

/** How many random texts are not found. Each character is as likely: a generator of edge cases would not do. */
function missed(characters: string, length: number, isOneCaseToo: boolean): number {
  const next = numbers(1);
  const made = (): string => Array.from({ length }, () => characters[next(characters.length)]).join("");
  return Array.from({ length: MANY }, made).filter((each) => !looksMade(each, isOneCaseToo)).length;
}

/** Numbers that look random and are the same for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each([
  [WORD, 20, 4],
  [WORD, 28, 0],
  [WORD, 40, 0],
  [`${WORD}+/`, 20, 8],
  [`${WORD}-_`, 28, 0],
])("of 20,000 random texts of %j, %i long, at most %i are missed", (characters, length, most) => {
  expect(missed(characters, length, false)).toBeLessThanOrEqual(most);
});

test.each([HEX, HEX.toUpperCase()])("numbers of %j are made where those of one case are asked for", (digits) => {
  expect(missed(digits, 20, true)).toBeLessThanOrEqual(8);
  expect(missed(digits, 32, true)).toBe(0);
  expect(missed(digits, 32, false)).toBe(MANY);
});

test("so are digits among letters of one case", () => {
  expect(missed(`${SMALL}0123456789`, 40, true)).toBeLessThan(MANY / 100);
  expect(missed(`${SMALL}0123456789`, 40, false)).toBe(MANY);
});

test.each([
  ...["HttpRequestHandlerFactory2Test", "com/example/application/Name3", "testAttrsKwOnlyWithDefault"],
  ...["XMLHttpRequestEventTarget2", "IHopeYouAreHavingALovelyDay", "test_HTTP_200_OK_PUT", "manylinux2014_x86_64"],
  ...["org/en-US/docs/Web/HTTP/Status/404", "MyList_int__MaxLen_max_length_1_", "BSD-3-Clause-Open-MPI"],
  ...["12345678901234567890", "12345678901234567890123n", `${SMALL.toUpperCase()}${SMALL}0123456789+/`],
  ...["A1b2".repeat(6), "x".repeat(40), "xX1".repeat(10), "9f86d081-884c-4d65-9a2f-eaa0c55ad015"],
])("%s is a name or a pattern", (name) => {
  expect(looksMade(name, true)).toBe(false);
});

/** In two parts, so that no file holds what a scanner takes for a secret. */
const FOUND = [
  ["38nwqibNGOOVRMOZ", "foeKfjqTOreBaZ7"],
  ["yzhklmVjYLSVFG6z", "nvwMzyho8mVbaZ7"],
  ["upvcrgXTZdSnIg4Z", "oxxUsJhkhcdNaZ7"],
  ["TRuzrmLIl2F4YyMJ", "G7LeoayrtOqQaZ7"],
  ["miyjPpqmjtD3nWQY", "G8LDlahcmpuTaZ7"],
  ["rwqydFGUSpntdzDs", "unLNBrd5yK0NaZ7"],
];

test.each(FOUND.map((parts) => parts.join("")))("%s, which the stress found left, is taken out of a log", (secret) => {
  const log = (value: string): string =>
    `= src/app.py:12:4 collected s; é auth = "${value}"\r\n12 /api/v1/users 200\r\n{} auth = "${value}"`;
  expect(redact(log(secret))).toBe(log("[redacted:secret]"));
});

/** The first two have runs of small letters as words have, the third has no digit. */
const OPTIONS = [
  ["WphcdEGazfnG6fzp", "zqojKedhs9hRaZ7"],
  ["poeaqz5MeJ76kmyn", "yidq4Tj6ktgtaZ7"],
  ["TRuzrmLIlFYyMJGL", "eoayrtOqQaZkWpQx"],
];

test.each(OPTIONS.map((parts) => parts.join("")))("%s is taken out behind an option, too", (secret) => {
  expect(redact(`(ok) --token ${secret}\r`)).toBe("(ok) --token [redacted:secret]\r");
});

test("what is made is of 20 to 512 characters", () => {
  const made = "aB3dE5gH7jK9mN2pQ4sT".repeat(30);
  const lengths = [19, 20, 512, 513];
  expect(lengths.map((length) => looksMade(made.slice(0, length), false))).toEqual([false, true, true, false]);
});
