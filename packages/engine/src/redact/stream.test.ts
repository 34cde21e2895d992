import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./redact.ts";

const redactor = createRedactor({ secretValues: ["correct horse battery"] });
const noise = (length: number): string =>
  Array.from({ length }, (_, at) => "aB3dE5gH7jK9mN2pQ4sT6vW8xY0z"[(at * 11 + 3) % 28]).join("");
const dashes = "-----";
const KEY = [
  `${dashes}BEGIN RSA PRIVATE KEY${dashes}`,
  noise(64),
  noise(64),
  "AbC=",
  `${dashes}END RSA PRIVATE KEY${dashes}`,
];
const TOKEN = `ghp_${noise(36)}`;
const LOG = [
  "begin é💥",
  `push with ${TOKEN}, then`,
  "password=hunter2 and correct horse battery\r",
  ...KEY,
  `auth: "${noise(40)}"`,
  "",
  "end",
].join("\n");

function streamed(chunks: readonly (string | Uint8Array)[]): string {
  const stream = redactor.stream();
  return chunks.map((chunk) => stream.write(chunk)).join("") + stream.end();
}

test("a stream cut at any place, of characters or of bytes, is what the whole text is", () => {
  const whole = redactor.text(LOG);
  expect(whole).not.toContain(noise(20));
  for (let at = 0; at <= LOG.length; at += 1) expect(streamed([LOG.slice(0, at), LOG.slice(at)])).toBe(whole);
  const bytes = Buffer.from(LOG);
  for (let at = 0; at <= bytes.length; at += 1) {
    expect(streamed([bytes.subarray(0, at), bytes.subarray(at)])).toBe(whole);
  }
  expect(streamed([...bytes].map((byte) => Uint8Array.of(byte)))).toBe(whole);
});

test("any text in any pieces is what the whole text is", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom(TOKEN, "\n", "\r\n", ...KEY, "token=", "[redacted:"),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(streamed(pieces)).toBe(redactor.text(pieces.join("")));
    }),
  );
});

test("what can be told is given out at once", () => {
  const stream = redactor.stream();
  expect(stream.write("one\ntw")).toBe("one\n");
  expect(stream.write("o\n")).toBe("two\n");
  expect(stream.write("three")).toBe("");
  expect(stream.end()).toBe("three");
});

test("of a line without end no more than a bound is held, and no secret in it is left, wherever it lies", () => {
  const words = "some words of a line ";
  for (const at of [0, 47_000, 48_100, 49_150, 49_160, 64_000, 65_530, 65_536, 70_000, 130_000]) {
    const line = words.repeat(8000).slice(0, at) + ` ${TOKEN} ` + words.repeat(8000).slice(at);
    const stream = redactor.stream();
    let [given, taken] = ["", 0];
    for (let from = 0; from < line.length; from += 1000) {
      given += stream.write(line.slice(from, from + 1000));
      taken = Math.min(line.length, from + 1000);
      expect(taken - given.length).toBeLessThan(70_000);
    }
    given += stream.end();
    expect(given.replace("[redacted:github]", TOKEN)).toBe(line);
  }
});

test("a secret that is longer than the bound is left out to its end", () => {
  const long = `aB3${noise(28).repeat(8000)}`;
  const line = `x password="${long}" y\nnext`;
  const pieces = Array.from({ length: Math.ceil(line.length / 1000) }, (_, at) =>
    line.slice(at * 1000, at * 1000 + 1000),
  );
  const given = streamed(pieces);
  for (let at = 0; at < 28; at += 1) expect(given).not.toContain(long.slice(10 + at, 22 + at));
  expect(given).toMatch(/next$/);
  for (const each of [long, `token=${long}`, `${KEY[0] ?? ""} ${long}`, "x".repeat(300_000)]) {
    expect(streamed([each.slice(0, 1000), each.slice(1000), "\nnext"])).toMatch(/\nnext$/);
  }
});
