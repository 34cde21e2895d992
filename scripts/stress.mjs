// `pnpm stress <name> [--count N] [--seed S]`: tries the built binary under faults that chance decides, each by a seed.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildIsFresh } from "./lib/digest.mjs";
import { ROOT } from "./lib/paths.mjs";
import { script, ScriptError } from "./lib/run.mjs";
import { randomOf } from "./stress/random.mjs";
import { STRESSES } from "./stress/stresses.mjs";

/** Seeds of a run that does not say how many. */
const FEW = 5;

/** @typedef {{ readonly seed: number, readonly problem: string | undefined, readonly told: string | undefined }} Tried */

await script(async () => {
  const { name, seeds, isProof } = wanted();
  const named = STRESSES[name];
  if (named === undefined) throw new ScriptError(`say which stress: ${Object.keys(STRESSES).join(", ")}`);
  if (!buildIsFresh()) throw new ScriptError("the build is missing or older than the sources: run `pnpm build` first");
  process.stdout.write(`stress ${name}, seeds ${seeds.at(0)} to ${seeds.at(-1)}\n`);
  /** @type {Tried[]} */
  const tried = [];
  for (const seed of seeds) {
    const { problem, told } = await tryOne(() => named.stress(randomOf(seed), seed));
    if (told !== undefined) process.stdout.write(`seed ${seed}: ${told}\n`);
    if (problem !== undefined) process.stdout.write(`stress ${name} --seed ${seed} FAILED: ${problem}\n`);
    tried.push({ seed, problem, told });
  }
  const failed = tried.filter(({ problem }) => problem !== undefined).length;
  process.stdout.write(`stress ${name}: ${tried.length - failed} passed, ${failed} failed\n`);
  if (isProof) writeFileSync(join(ROOT, `docs/proofs/${name}.md`), proof(name, named.holds, tried));
  return failed === 0 ? 0 : 1;
});

function wanted() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { count: { type: "string" }, seed: { type: "string" } },
  });
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : whole("--seed", values.seed);
  const count = values.count === undefined ? (values.seed === undefined ? FEW : 1) : whole("--count", values.count);
  const seeds = Array.from({ length: count }, (_, at) => first + at);
  return { name: positionals[0] ?? "", seeds, isProof: values.count !== undefined };
}

/** @param {string} name @param {string} text */
function whole(name, text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new ScriptError(`${name} is not a whole number: ${text}`);
  return number;
}

/** @param {() => Promise<string | void>} stress */
async function tryOne(stress) {
  try {
    return { problem: undefined, told: (await stress()) ?? undefined };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), told: undefined };
  }
}

/** How often each thing was told. @param {readonly Tried[]} tried */
function counted(tried) {
  const told = tried.flatMap((each) => each.told ?? []);
  const kinds = [...new Set(told)].sort();
  return kinds.map((kind) => ["of these", `${told.filter((each) => each === kind).length}: ${kind}`]);
}

/** @param {string} name @param {string} holds @param {readonly Tried[]} tried */
function proof(name, holds, tried) {
  const git = (/** @type {string[]} */ ...args) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
  const isChanged = git("status", "--porcelain", "--", "packages", "scripts", "test") !== "";
  const failed = tried.filter(({ problem }) => problem !== undefined);
  const [first, last] = [tried.at(0)?.seed, tried.at(-1)?.seed];
  const facts = [
    ["date", new Date().toISOString().slice(0, 19) + "Z"],
    ["commit", git("rev-parse", "HEAD") + (isChanged ? ", with changes that were not committed" : "")],
    ["on", `${process.platform} ${process.arch}, Node ${process.versions.node}`],
    ["count", String(tried.length)],
    ["seeds", `${first} to ${last}`],
    ["result", `${tried.length - failed.length} passed, ${failed.length} failed`],
    ...counted(tried),
  ];
  const list = facts.map(([what, value]) => `- ${what}: ${value}`).join("\n");
  const failures = failed
    .map(({ seed, problem }) => `\n\`--seed ${seed}\`:\n\n\`\`\`text\n${problem}\n\`\`\`\n`)
    .join("");
  return `# Stress: ${name}\n\n${holds}\n\n${list}\n\nAgain: \`pnpm stress ${name} --seed ${first} --count ${tried.length}\`. A seed decides what is done and when; how far the processes have come by then is the machine's.\n${failures}`;
}
