import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { treeOf } from "../../test/binary/correctness/support/commands.ts";
import { marked } from "../../test/binary/correctness/support/process-tree.ts";
import { begun, cacheOf, runs, same, start } from "./engine.mjs";
import { madeOf, shop, TASKS } from "./shop.mjs";

/** Processes that were told to end have this long. */
const GONE_MS = 20_000;
/** A run of all tasks takes about so long where nothing else runs. */
const RUN_MS = 1_500;
/** @type {Readonly<Record<string, number | null>>} */
const ENDS = { SIGINT: 130, SIGTERM: 143, SIGKILL: null };

/** Ends a run at a random moment: nothing is left of it, and the next one is right. @type {import("./stresses.mjs").Stress} */
export async function kill(random, seed) {
  const mark = `stress-${seed}-${process.pid}`;
  using repository = shop({ slow: "0.05", mark });
  const signals = Object.keys(ENDS);
  for (let times = 1 + random.int(2); times > 0; times -= 1) {
    // One that hangs is not gone by itself.
    const hangs = random.pick([...Object.keys(TASKS), "none"]);
    writeFileSync(join(repository.home, "linger"), hangs);
    const signal = /** @type {NodeJS.Signals} */ (random.pick(signals));
    const running = start(repository, ["run", "f"], { env: { SYMBIOTIC_TEST_MARK: mark } });
    const [delayMs, isAwaited] = [random.int(RUN_MS), random.chance(0.5)];
    if (isAwaited) await begun(repository, hangs, running.ended);
    const early = setTimeout(() => running.kill(signal), isAwaited ? delayMs / 10 : delayMs);
    const { exitCode, all } = await running.ended;
    clearTimeout(early);
    // It may have ended before, and Node itself may be ended before our code runs.
    if (exitCode !== 0 && exitCode !== null) same(`exit code after ${signal}: ${all}`, exitCode, ENDS[signal]);
    await gone(mark, `${signal} of ${all}`);
    if (signal !== "SIGKILL") {
      const locks = namesIn(join(cacheOf(repository.root), "locks"));
      // Those of a run before it that was killed stay until somebody wants them.
      same(
        `locks after ${signal}`,
        locks.filter((lock) => lock.includes(`.${running.pid}-`)),
        [],
      );
      const halves = namesIn(join(cacheOf(repository.root), "tmp"));
      same(
        `half written files after ${signal}`,
        halves.filter((name) => name.startsWith(`${running.pid}-`)),
        [],
      );
    }
  }
  rmSync(join(repository.home, "linger"));
  await rightAfter(repository);
}

/** @param {import("../../test/support/repository.ts").TestRepository} repository */
async function rightAfter(repository) {
  const gen = join(repository.root, "gen");
  const next = await runs(repository, ["run", "f"]);
  same(`the next run: ${next.all}`, [next.exitCode, treeOf(gen)], [0, madeOf("1")]);
  // SYM6008 is right: what a killed task had made so far is no result of any record, and is moved aside.
  if (/SYM6(?!008)\d\d\d|waits for process/.test(next.all)) throw new Error(`the next run stumbles: ${next.all}`);
  rmSync(gen, { recursive: true });
  const last = await runs(repository, ["run", "f"]);
  same(`the run after it: ${last.all}`, [last.exitCode, treeOf(gen)], [0, madeOf("1")]);
  if (!last.all.includes("6 tasks, 6 cached")) throw new Error(`the run after it is no full hit: ${last.all}`);
  same("cache verify", (await runs(repository, ["cache", "verify"])).exitCode, 0);
}

/** @param {string} mark @param {string} after */
async function gone(mark, after) {
  if (process.platform !== "linux") return;
  const until = Date.now() + GONE_MS;
  while (marked(mark).length > 0) {
    if (Date.now() > until)
      throw new Error(`processes are left after ${after}: ${marked(mark).map(commandOf).join("; ")}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** @param {number} pid */
function commandOf(pid) {
  const [file, parent] = [`/proc/${pid}/cmdline`, `/proc/${pid}/stat`];
  if (!existsSync(file)) return `${pid}, gone by now`;
  return `${readFileSync(parent, "latin1")} ${readFileSync(file, "latin1").replaceAll("\0", " ")}`;
}

/** @param {string} folder */
function namesIn(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}
