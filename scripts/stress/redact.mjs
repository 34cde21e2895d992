import { createRedactor } from "../../packages/engine/src/redact/redact.ts";
import { characters, PLACES, privateKey, TOKENS } from "./secrets.mjs";

/** @typedef {import("./random.mjs").Random} Random */

const LINES = 12;
const CUTS = 20;
const WORDS =
  "test passed in 0.31 s; collected 12 items GET /api/v1/users 200 src/app.py:12:4 é 💥 {} [] (ok) 100% -- =".split(
    " ",
  );

/** Logs with secrets, cut at each place: what comes out holds none of them, and is what the whole log gives. @type {import("./stresses.mjs").Stress} */
export async function redact(random) {
  const known = characters(random, 16);
  const redactor = createRedactor({ secretValues: [known] });
  const { log, secrets } = logOf(random, known);
  const whole = redactor.text(log);
  /** @param {readonly (string | Uint8Array)[]} chunks */
  const check = (chunks) => {
    const stream = redactor.stream();
    const given = chunks.map((chunk) => stream.write(chunk)).join("") + stream.end();
    const left = secrets.find((secret) => given.includes(secret));
    const sizes = chunks.map((chunk) => chunk.length).join(" + ");
    if (left !== undefined) throw new Error(`${left} is left, in pieces of ${sizes}, of ${JSON.stringify(log)}`);
    if (given !== whole) throw new Error(`pieces of ${sizes} give another text, of ${JSON.stringify(log)}`);
  };
  for (let at = 0; at <= log.length; at += 1) check([log.slice(0, at), log.slice(at)]);
  const bytes = Buffer.from(log);
  for (let at = 0; at <= bytes.length; at += 1) check([bytes.subarray(0, at), bytes.subarray(at)]);
  for (let many = 0; many < CUTS; many += 1) check(cutAnywhere(bytes, random));
}

/** @param {Random} random @param {string} known */
function logOf(random, known) {
  /** @type {string[]} */
  const secrets = [known];
  /** @param {string} secret */
  const noted = (secret) => {
    secrets.push(secret);
    return secret;
  };
  const kinds = [
    () => [words(random)],
    () => [`${words(random)} ${noted(random.pick(TOKENS)(random))} ${words(random)}`],
    () => [`${words(random)} ${random.pick(PLACES)(random, noted(`${characters(random, 28)}aZ7`))}`],
    () => [`${words(random)} ${known}`],
    () => {
      const key = privateKey(random);
      for (const line of key.slice(1, -1)) noted(line);
      return key;
    },
  ];
  const lines = Array.from({ length: LINES }, () => random.pick(kinds)()).flat();
  return { log: lines.join(random.pick(["\n", "\r\n"])) + random.pick(["", "\n"]), secrets };
}

/** @param {Random} random */
function words(random) {
  return Array.from({ length: random.int(6) }, () => random.pick(WORDS)).join(" ");
}

/** @param {Buffer} bytes @param {Random} random */
function cutAnywhere(bytes, random) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  for (let at = 0; at < bytes.length; ) {
    const length = 1 + random.int(random.pick([3, 40, 400]));
    chunks.push(bytes.subarray(at, at + length));
    at += length;
  }
  return chunks;
}
