/**
 * How much rarer two letters stand side by side in words than by chance: 0 for sixteen times as often, 4 for as often, 8 for
 * sixteen times as seldom or never. A row for each first letter, in it a digit for each second one; made by
 * `scripts/letter-pairs.mjs` from our own sources and docs and those of Python's standard library.
 */
const ROWS = [
  "63237538385122838121455548",
  "36674888458377468556488858",
  "28562682483367168352478858",
  "35541557288466368445477868",
  "25213346476221534012644258",
  "48764478288487378455588868",
  "58772864488564578446588888",
  "38872888488677388564688878",
  "44233438787230248322848484",
  "78885888888888688868688888",
  "68773778488686778747787888",
  "27631687187276258744468838",
  "25761888387547338746588868",
  "26222417385554348621447868",
  "54336348564221338133243588",
  "28662685487377348243487848",
  "88888888888888888888388888",
  "26440547284544258322456848",
  "36361563284456337621365848",
  "26350582186455248223465837",
  "44554558488342638332888888",
  "38882888488888688888888888",
  "48774885488784488557888888",
  "68575788588778748873888768",
  "77676788688665648644887888",
  "78884888688888788888888888",
];
const AS_BY_CHANCE = 4;
const PAIRS = Int8Array.from(ROWS.join(""), (digit) => Number(digit) - AS_BY_CHANCE);

/**
 * For which side two letters next to each other speak, of either case and given as codes: above 0 for chance, below 0 for
 * words, by as many powers of two as the pair is more common there.
 */
export function chanceOfPair(first: number, second: number): number {
  return PAIRS[(first & CASELESS) * 26 + (second & CASELESS) - 27] ?? 0;
}

/** What the codes of a letter of either case have in common: its number in the alphabet, from 1. */
const CASELESS = 31;
