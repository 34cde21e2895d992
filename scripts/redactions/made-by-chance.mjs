import { looksMade } from "../../packages/engine/src/redact/looks-made.ts";
import { characters } from "../stress/secrets.mjs";
import { randomOf } from "../stress/random.mjs";

const LENGTHS = [20, 24, 28, 31, 40, 64];
const MANY = 100_000;
const HEX = "0123456789abcdef";
const SMALL = "abcdefghijklmnopqrstuvwxyz";
const WORD = `${SMALL}${SMALL.toUpperCase()}0123456789`;
const KINDS = { base62: WORD, base64: `${WORD}+/`, base64url: `${WORD}-_`, hex: HEX, base36: `${SMALL}0123456789` };

const WHY = `\`auth\`, \`session\`, \`key\` and the like may be names of much else. What stands under them is taken out where a machine made it by
chance. That was told by how often small and capital letters and digits change places and by runs of small letters: 5 to 8 % of
random texts of 20 to 28 characters were missed. Now each pair of letters and each change between kinds is weighed
(\`redact/looks-made.ts\`). Each of these rules was set so that it takes 10 of 5,331 names of both cases in fifteen repositories for
made; of 100,000 random texts of 20 characters, of base62 and of base64, it then misses:

| rule                                                           | base62 | base64 |
| -------------------------------------------------------------- | -----: | -----: |
| the share of pairs of letters that are among the 150 commonest |  7,147 |  8,031 |
| that, and the changes between kinds                            |    835 |  1,478 |
| a sum, of pairs that are among the 150 or not, and of changes  |     62 |    146 |
| a sum, of pairs each by its weight, and of changes             |      2 |     14 |

The last one asks for more where there is no digit, and for less where there is one. Of the 49,376 stretches of 20 characters and more
in these repositories that are no hash and no key, the rule before took 51 for made, this one takes 18; of what is redacted there,
one line more is, which holds the id of a session. Of 100,000 random texts of each length it misses (hexadecimal digits, and letters
of one case with digits, are asked for only where the name is not \`key\`):`;

/** Why what was made by chance is told as it is, and how much of it is missed. */
export function madeByChance() {
  const head = `| characters | ${LENGTHS.join(" | ")} |\n| --- | ${LENGTHS.map(() => "---:").join(" | ")} |`;
  const rows = Object.entries(KINDS).map(
    ([name, from]) => `| ${name} | ${LENGTHS.map((length) => missed(from, length)).join(" | ")} |`,
  );
  return `## What was made by chance\n\n${WHY}\n\n${[head, ...rows].join("\n")}\n`;
}

/** @param {string} from @param {number} length */
function missed(from, length) {
  const random = randomOf(length);
  return Array.from({ length: MANY }, () => characters(random, length, from)).filter((each) => !looksMade(each, true))
    .length;
}
