// `node scripts/letter-pairs.mjs <folder>...`: the table of packages/engine/src/redact/letter-pairs.ts, counted over the words of the
// sources and docs in these folders. Ours was counted over `packages docs` and the sources of Python's standard library.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { script, ScriptError } from "./lib/run.mjs";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const TEXT = /\.(?:py|ts|mjs|md)$/;
/** Code of others, what is generated, and tables of letters that are no words. */
const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|site-packages|encodings|test|tests)(?:\/|$)|(?:^|\/)letter-pairs\.ts$/;
/** Weights go from -4 (a pair as common as can be in words) to 4 (one that is in none) and are written as 0 to 8. */
const MOST = 4;

await script(() => {
  const folders = process.argv.slice(2);
  if (folders.length === 0) throw new ScriptError("name a folder");
  const pairs = pairsOf(wordsOf(folders));
  for (const first of LETTERS)
    process.stdout.write(`"${[...LETTERS].map((second) => weight(pairs, first + second)).join("")}",\n`);
  return 0;
});

/** How often each word stands. @param {readonly string[]} folders */
function wordsOf(folders) {
  /** @type {Map<string, number>} */
  const words = new Map();
  for (const folder of folders) {
    for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (!TEXT.test(path) || LEFT_OUT.test(path)) continue;
      for (const [word] of readFileSync(join(folder, path), "latin1").matchAll(/[A-Za-z]+/g))
        words.set(word, (words.get(word) ?? 0) + 1);
    }
  }
  return words;
}

/** How often each pair stands, where a word that stands a thousand times counts ten times. @param {Map<string, number>} words */
function pairsOf(words) {
  /** @type {Map<string, number>} */
  const pairs = new Map();
  for (const [word, times] of words) {
    for (let at = 1; at < word.length; at += 1) {
      const pair = word.slice(at - 1, at + 1).toLowerCase();
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1 + Math.log2(times));
    }
  }
  return pairs;
}

/** How many times rarer a pair is in words than by chance, as a power of two. @param {Map<string, number>} pairs @param {string} pair */
function weight(pairs, pair) {
  const all = [...pairs.values()].reduce((sum, each) => sum + each, 0);
  const share = ((pairs.get(pair) ?? 0) + 0.5) / (all + LETTERS.length ** 2 / 2);
  const power = Math.log2(1 / LETTERS.length ** 2 / share);
  return MOST + Math.round(Math.max(-MOST, Math.min(MOST, power)));
}
