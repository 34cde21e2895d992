/** @typedef {import("./random.mjs").Random} Random */

const HEX = "0123456789abcdef";
const DIGITS = "0123456789";
const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const WORD = `${CAPITALS}${CAPITALS.toLowerCase()}${DIGITS}`;
const BASE32 = `${CAPITALS}234567`;

/** @param {Random} random @param {number} length */
export function characters(random, length, from = WORD) {
  return Array.from({ length }, () => random.pick([...from])).join("");
}

/** Letters of both cases and digits, as a generator of tokens gives them. @param {Random} random @param {number} length */
function made(random, length) {
  const text = characters(random, length);
  return `${text.slice(0, -4)}${random.pick([..."abc"])}7${random.pick([..."XYZ"])}3`;
}

/** A secret of each kind that is known by its own shape. @type {readonly ((random: Random) => string)[]} */
export const TOKENS = [
  (random) => `sk-${made(random, 48)}`,
  (random) => `sk-proj-${made(random, 40)}`,
  (random) => `sk-ant-api03-${made(random, 60)}`,
  (random) => `gh${random.pick([..."opusr"])}_${made(random, 36)}`,
  (random) => `github_pat_${made(random, 60)}`,
  (random) => `glpat-${made(random, 20)}`,
  (random) => `${random.pick(["AKIA", "ASIA", "ABIA", "ACCA"])}${characters(random, 16, BASE32)}`,
  (random) => `hf_${made(random, 34)}`,
  (random) => `npm_${made(random, 36)}`,
  (random) => `pypi-${made(random, 80)}`,
  (random) => `xox${random.pick([..."bpsa"])}-${characters(random, 12, DIGITS)}-${made(random, 24)}`,
  (random) => `${random.pick(["sk", "pk", "rk"])}_live_${made(random, 24)}`,
  (random) => `${random.pick(["AC", "SK"])}${characters(random, 32, HEX)}`,
  (random) => `AIza${made(random, 35)}`,
  (random) => `SG.${made(random, 22)}.${made(random, 43)}`,
  (random) => `hvs.${made(random, 90)}`,
  (random) => `eyJ${made(random, 20)}.eyJ${made(random, 30)}.${made(random, 43)}`,
  (random) => `dop_v1_${characters(random, 64, HEX)}`,
  (random) => `glsa_${made(random, 32)}_${characters(random, 8, HEX)}`,
  (random) => `dapi${characters(random, 32, HEX)}`,
  (random) => `lin_api_${made(random, 40)}`,
  (random) => `ntn_${made(random, 46)}`,
  (random) => `${characters(random, 9, "123456789")}:AA${made(random, 33)}`,
  (random) => `${made(random, 14)}.atlasv1.${made(random, 67)}`,
  (random) => `dp.pt.${made(random, 43)}`,
];

/** A secret by the name or the place that it is given, with what stands around it. @type {readonly ((random: Random, secret: string) => string)[]} */
export const PLACES = [
  (_, secret) => `password=${secret}`,
  (_, secret) => `"api_key": "${secret}"`,
  (_, secret) => `export DB_PASSWORD='${secret}'`,
  (_, secret) => `--token ${secret}`,
  (_, secret) => `Authorization: Bearer ${secret}`,
  (_, secret) => `postgres://user:${secret}@db.example.org/app`,
  (_, secret) => `https://hooks.slack.com/services/${secret}`,
  (_, secret) => `AccountKey=${secret}==;EndpointSuffix=x`,
  (_, secret) => `{\\"client_secret\\": \\"${secret}\\"}`,
  (_, secret) => `auth = "${secret}"`,
];

/** The lines of a private key. @param {Random} random */
export function privateKey(random) {
  const kind = random.pick(["", "RSA ", "EC ", "OPENSSH ", "ENCRYPTED "]);
  const lines = Array.from({ length: 2 + random.int(8) }, () => characters(random, 64, `${WORD}+/`));
  const edge = "-".repeat(5);
  return [
    `${edge}BEGIN ${kind}PRIVATE KEY${edge}`,
    ...lines,
    `${characters(random, 21)}=`,
    `${edge}END ${kind}PRIVATE KEY${edge}`,
  ];
}
