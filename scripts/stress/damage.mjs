import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { treeOf } from "../../test/binary/correctness/support/commands.ts";
import { DAMAGES } from "../../test/binary/correctness/support/damage.ts";
import { cacheOf, runs, same } from "./engine.mjs";
import { madeOf, shop } from "./shop.mjs";

const STEPS = 6;

/** Damages what the engine keeps, again and again: never served, never in the way. @type {import("./stresses.mjs").Stress} */
export async function damage(random) {
  using repository = shop();
  const gen = join(repository.root, "gen");
  let input = "1";
  for (const isLater of [false, true]) await runs(repository, ["run", "f"], { isLater });
  for (let step = 0; step < STEPS; step += 1) {
    const done = [];
    for (let many = 1 + random.int(3); many > 0; many -= 1) done.push(damageOne(repository.root, random));
    if (random.chance(0.5)) rmSync(gen, { recursive: true });
    if (random.chance(0.3)) repository.write({ "in.txt": `${(input = random.pick(["1", "2"]))}\n` });
    const isLater = random.chance(0.5);
    const { exitCode, all } = await runs(repository, ["run", "f"], { isLater });
    same(`after ${done.join(", ")}: ${all}`, [exitCode, treeOf(gen)], [0, madeOf(input)]);
  }
  await runs(repository, ["cache", "verify"]);
  await runs(repository, ["run", "f"]);
  const last = await runs(repository, ["run", "f"]);
  if (!last.all.includes("6 tasks, 6 cached")) throw new Error(`it does not heal: ${last.all}`);
  same("cache verify in the end", (await runs(repository, ["cache", "verify"])).exitCode, 0);
}

/** Damages a random file of the cache (records, blobs, snapshots, history, memos) or of the runs' folders; says what it did.
 * @param {string} root
 * @param {import("./random.mjs").Random} random
 */
function damageOne(root, random) {
  const files = new Map([cacheOf(root), join(root, ".symbiotic/runs")].flatMap((folder) => filesIn(root, folder)));
  const path = random.pick([...files.keys()]);
  const bytes = files.get(path) ?? Buffer.alloc(0);
  /** @type {Readonly<Record<string, (path: string, files: ReadonlyMap<string, Buffer>) => Buffer | undefined>>} */
  const ways = {
    ...DAMAGES,
    // Of a file that may be empty.
    "bit-flipped": () => flipped(bytes, random),
    "cut anywhere": () => bytes.subarray(0, random.int(bytes.length + 1)),
    "flipped anywhere": () => flipped(bytes, random),
    "flipped twice": () => flipped(flipped(bytes, random), random),
    "with more at its end": () => Buffer.concat([bytes, Buffer.from(random.pick(["x", "\n", "\0\0", "{}\n", "1 "]))]),
    "with a hole": () => holed(bytes, random),
    "with its lines in another order": () =>
      Buffer.from(bytes.toString("latin1").split("\n").reverse().join("\n"), "latin1"),
    "twice in a row": () => Buffer.concat([bytes, bytes]),
  };
  const way = random.pick(Object.keys(ways));
  const after = ways[way]?.(path, files);
  if (after === undefined) rmSync(join(root, path));
  else writeFileSync(join(root, path), after);
  return `${path} ${way}`;
}

/** @param {Buffer} bytes @param {import("./random.mjs").Random} random */
function flipped(bytes, random) {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return copy;
  const at = random.int(copy.length);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << random.int(8)), at);
  return copy;
}

/** @param {Buffer} bytes @param {import("./random.mjs").Random} random */
function holed(bytes, random) {
  const from = random.int(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + random.int(64))]);
}

/** @param {string} root @param {string} folder @returns {[path: string, bytes: Buffer][]} */
function filesIn(root, folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return paths.map((path) => [relative(root, path), readFileSync(path)]);
}
