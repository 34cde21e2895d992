import { join } from "node:path";
import { linesIn, treeOf } from "../../test/binary/correctness/support/commands.ts";
import { runs, same, start } from "./engine.mjs";
import { closureOf, madeOf, shop } from "./shop.mjs";

/** Several processes at once, in one work tree or two, with the same inputs or others. @type {import("./stresses.mjs").Stress} */
export async function crowd(random) {
  using repository = shop({ slow: random.pick(["0", "0.02", "0.1"]) });
  const places = [repository, ...(random.chance(0.5) ? [workTree(repository)] : [])].map((place) => ({
    ...place,
    input: random.pick(["1", "2"]),
  }));
  for (const place of places) write(repository, place);
  const started = Array.from({ length: 2 + random.int(7) }, (_, at) => {
    const place = places[at % places.length] ?? random.pick(places);
    return { place, target: random.pick(["c", "d", "e", "f", "f"]), delayMs: random.int(300) };
  });
  const ended = await Promise.all(
    started.map(async ({ place, target, delayMs }) => {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      return start(place, ["run", target]).ended;
    }),
  );
  for (const { exitCode, all } of ended)
    if (exitCode !== 0 || /SYM[06]\d\d\d/.test(all)) throw new Error(`ended with ${exitCode}: ${all}`);
  const wanted = started.flatMap(({ place, target }) => closureOf(target).map((name) => `${name} ${place.input}`));
  same("what was computed", [...linesIn(repository, "ran")].sort(), [...new Set(wanted)].sort());
  for (const place of places) {
    const names = started.filter((each) => each.place === place).flatMap(({ target }) => closureOf(target));
    same("the outputs", treeOf(join(place.root, "gen")), madeOf(place.input, [...new Set(names)]));
  }
  same("cache verify", (await runs(repository, ["cache", "verify"])).exitCode, 0);
  await again(places, started);
}

/**
 * @param {readonly (import("./engine.mjs").Place & { readonly input: string })[]} places
 * @param {readonly { readonly place: object, readonly target: string }[]} started
 */
async function again(places, started) {
  for (const place of places) {
    const target = started.find((each) => each.place === place)?.target;
    if (target === undefined) continue;
    const count = closureOf(target).length;
    const { exitCode, all } = await runs(place, ["run", target]);
    if (exitCode !== 0 || !all.includes(`${count} tasks, ${count} cached`))
      throw new Error(`no full hit after it: ${all}`);
  }
}

/** @param {import("../../test/support/repository.ts").TestRepository} repository */
function workTree({ home, git, env }) {
  git("worktree", "add", "--quiet", "--detach", join(home, "other"));
  return { root: join(home, "other"), env };
}

/**
 * @param {import("../../test/support/repository.ts").TestRepository} repository
 * @param {{ readonly root: string, readonly input: string }} place
 */
function write(repository, { root, input }) {
  repository.write({ [root === repository.root ? "in.txt" : "../home/other/in.txt"]: `${input}\n` });
}
