import { createRedactor } from "../../packages/engine/src/redact/redact.ts";
import { redactStream } from "../../packages/engine/src/redact/stream.ts";
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
  const left = secrets.find((secret) => whole.includes(secret));
  if (left !== undefined) throw new Error(`${left} is left of ${JSON.stringify(log)}`);
  const lines = remembered(redactor);
  const cheap = () => redactStream(lines(), redactor.text);
  for (let at = 0; at <= log.length; at += 1) check(cheap(), [log.slice(0, at), log.slice(at)], { log, whole });
  const bytes = Buffer.from(log);
  for (let at = 0; at <= bytes.length; at += 1)
    check(cheap(), [bytes.subarray(0, at), bytes.subarray(at)], { log, whole });
  for (let many = 0; many < CUTS; many += 1) check(redactor.stream(), cutAnywhere(bytes, random), { log, whole });
}

/**
 * What a stream gives of these pieces is what the whole log gives, of which no secret is left.
 * @param {import("../../packages/engine/src/redact/stream.ts").RedactingStream} stream
 * @param {readonly (string | Uint8Array)[]} chunks
 * @param {{ readonly log: string, readonly whole: string }} expected
 */
function check(stream, chunks, { log, whole }) {
  const given = chunks.map((chunk) => stream.write(chunk)).join("") + stream.end();
  if (given === whole) return;
  const sizes = chunks.map((chunk) => chunk.length).join(" + ");
  throw new Error(`pieces of ${sizes} give ${JSON.stringify(given)}, of ${JSON.stringify(log)}`);
}

/**
 * The lines of a redactor, of which each that comes after the same ones is redacted once: nearly all cuts of a log give the
 * same lines, and a cut that gives others has these redacted.
 * @param {import("../../packages/engine/src/redact/redact.ts").Redactor} redactor
 */
function remembered(redactor) {
  /** @typedef {{ readonly path: readonly string[], readonly redacted: string, readonly next: Map<string, Known> }} Known */
  /** @param {readonly string[]} path @returns {Known} */
  const known = (path) => ({ path, redacted: path.map(redactor.lines()).at(-1) ?? "", next: new Map() });
  const start = known([]);
  return () => {
    let at = start;
    return (/** @type {string} */ line) => {
      const next = at.next.get(line) ?? known([...at.path, line]);
      at.next.set(line, next);
      at = next;
      return at.redacted;
    };
  };
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
