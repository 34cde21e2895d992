import fc from "fast-check";
import { expect, test } from "vitest";
import { errorOf } from "../core/diagnostic.ts";
import { fail, ok } from "../core/result.ts";
import type { FileState } from "./file-state.ts";
import { createWaker } from "./waker.ts";
import { watchLoop, type CycleEnd, type LoopHost, type Rest } from "./watch-loop.ts";

/** A world of files that bear the number of their last edit, and the loop that watches it. */
interface World {
  readonly files: Map<string, number>;
  readonly told: unknown[][];
}

/** Called whenever the loop rests, with how often it has: edits the world and gives true, or false to stop. */
type AtRest = (world: World, times: number) => boolean;

interface Script {
  readonly atRest: AtRest;
  readonly during?: (world: World, run: number) => void;
  readonly ends?: readonly Partial<CycleEnd>[];
  readonly wanted?: number[];
  readonly refusals?: number;
}

/** Runs the loop by a script; gives what it has told, in order. */
async function play({ atRest, during, ends = [], wanted = [], refusals = 0 }: Script): Promise<unknown[][]> {
  const world: World = {
    files: new Map([
      ["a", 1],
      ["b", 1],
    ]),
    told: [],
  };
  let [runs, looks, isStopped, rests, refused] = [0, 0, false, 0, 0];
  const host: LoopHost = {
    look: () => {
      looks += 1;
      if (looks > 1 && refused < refusals) return Promise.resolve(fail(errorOf("SYM7001", "busy")));
      return Promise.resolve(ok(new Map([...world.files].map(([path, edit]) => [path, stateOf(edit)]))));
    },
    waker: {
      quiet: () => Promise.resolve(),
      touched: () => {
        rests += 1;
        isStopped = !atRest(world, rests);
        return Promise.resolve();
      },
    },
    cycle: (changed) => {
      world.told.push(["run", changed ?? "everything"]);
      during?.(world, runs);
      const end = { exitCode: 0, owned: [], seen: [...world.files.keys()], ...ends[runs] };
      runs += 1;
      return Promise.resolve(end);
    },
    resting: ({ exitCode, isOwed, files }: Rest) => world.told.push(["rest", exitCode, isOwed, files]),
    putOff: (changed, delayMs) => Promise.resolve(void world.told.push(["put off", changed, delayMs])),
    refused: ({ code }) => {
      refused += 1;
      return Promise.resolve(void world.told.push(["refused", code]));
    },
    wantsAll: () => wanted.includes(rests) && wanted.splice(wanted.indexOf(rests), 1).length > 0,
    isStopped: () => isStopped,
  };
  await watchLoop(host);
  return world.told;
}

function stateOf(edit: number): FileState {
  return { stat: { size: 1, mtimeMs: edit, ctimeMs: 1, ino: 1, mode: 0o100_644 }, isFresh: false };
}

function edit({ files }: World, path: string): void {
  files.set(path, (files.get(path) ?? 0) + 1);
}

test("it runs everything, and then what changed; that nothing did is told once", async () => {
  const told = await play({
    atRest: (world, times) => {
      if (times === 3) edit(world, "b");
      return times < 5;
    },
  });
  expect(told).toEqual([
    ["run", "everything"],
    ["rest", 0, false, 2],
    ["run", ["b"]],
    ["rest", 0, false, 2],
  ]);
});

test("what changes during a run makes one further run", async () => {
  const during = (world: World, run: number): void => {
    if (run > 0) return;
    edit(world, "a");
    edit(world, "a");
    edit(world, "c");
  };
  expect(await play({ atRest: () => false, during })).toEqual([
    ["run", "everything"],
    ["run", ["a", "c"]],
    ["rest", 0, false, 3],
  ]);
});

test("what tasks own does not count, and a neighbour with a longer name does", async () => {
  const during = (world: World, run: number): void => {
    if (run === 0) for (const path of ["out/x", "out", "outer"]) edit(world, path);
  };
  expect(await play({ atRest: () => false, during, ends: [{ owned: ["out"] }, { owned: ["out"] }] })).toEqual([
    ["run", "everything"],
    ["run", ["outer"]],
    ["rest", 0, false, 5],
  ]);
});

test.each([2, 130, null])("after a run that ended with %s the next one is of everything", async (exitCode) => {
  const told = await play({
    atRest: (world, times) => {
      edit(world, "a");
      return times < 2;
    },
    ends: [{ exitCode }],
  });
  expect(told).toEqual([
    ["run", "everything"],
    ["rest", exitCode, false, 2],
    ["run", "everything"],
    ["rest", 0, false, 2],
  ]);
});

test("after a run that did not pass what changed is run, and that more is owed is told until all has passed", async () => {
  const told = await play({
    atRest: (world, times) => {
      if (times === 1) edit(world, "b");
      return times < 3;
    },
    ends: [{ exitCode: 1 }],
    wanted: [2],
  });
  expect(told).toEqual([
    ["run", "everything"],
    ["rest", 1, false, 2],
    ["run", ["b"]],
    ["rest", 0, true, 2],
    ["run", "everything"],
    ["rest", 0, false, 2],
  ]);
});

test("runs that change files themselves are put off, longer each time, and no longer after a rest", async () => {
  const told = await play({
    during: (world, run) => {
      if (run < 9 || run === 10) edit(world, "noise");
    },
    atRest: (world, times) => {
      edit(world, "a");
      return times < 2;
    },
  });
  const delays = told.flatMap(([what, , delayMs]) => (what === "put off" ? [delayMs] : []));
  expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(told.filter(([what]) => what === "run")).toHaveLength(12);
});

test("where the files cannot be looked at it tries again, and loses nothing", async () => {
  const during = (world: World, run: number): void => {
    if (run === 0) edit(world, "a");
  };
  expect(await play({ atRest: () => false, during, refusals: 2 })).toEqual([
    ["run", "everything"],
    ["refused", "SYM7001"],
    ["refused", "SYM7001"],
    ["run", ["a"]],
    ["rest", 0, false, 2],
  ]);
});

/** A file that is edited after each run that could do nothing. */
const LAST = "last";

const MOMENTS = ["wait", "look", "early", "late", "off"] as const;

test("no change is lost, whenever it is made: a run about it begins after the last one of each file", async () => {
  const moment = fc.record({ at: fc.constantFrom(...MOMENTS), path: fc.constantFrom("a", "b", "c") });
  const codes = fc.array(fc.constantFrom(0, 0, 1, 2, null), { maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(fc.array(moment, { maxLength: 40 }), codes, async (edits, exitCodes) => {
      const { files, seen } = await live([...edits], exitCodes);
      expect(seen).toEqual(files);
    }),
    { numRuns: 500 },
  );
});

type Moment = { readonly at: (typeof MOMENTS)[number]; readonly path: string };

/** Plays edits at the moments they are meant for, in order; gives the files in the end and as runs about them saw them. */
async function live(
  edits: Moment[],
  codes: readonly (number | null)[],
): Promise<{ readonly files: Map<string, number>; readonly seen: Map<string, number> }> {
  const [files, seen, stop] = [new Map([["a", 1]]), new Map<string, number>(), new AbortController()];
  let [time, runs, number] = [0, 0, 1];
  const clock = {
    now: () => time,
    after(milliseconds: number, call: () => void) {
      queueMicrotask(() => {
        play("wait");
        time += milliseconds;
        call();
      });
      return () => undefined;
    },
  };
  const waker = createWaker({ quietMs: 100, mostMs: 1000 }, clock, stop.signal);
  const make = ({ path }: Moment): void => {
    number += 1;
    if (number % 3 === 0 && files.has(path) && path !== LAST) files.delete(path);
    else files.set(path, number);
    waker.touch();
  };
  const play = (at: Moment["at"]): void => {
    while (edits[0]?.at === at) make(edits.shift() as Moment);
  };
  const state = (): Map<string, FileState> => new Map([...files].map(([path, edit]) => [path, stateOf(edit)]));
  await watchLoop({
    async look() {
      const found = state();
      await Promise.resolve();
      play("look");
      return ok(found);
    },
    waker: {
      quiet: waker.quiet,
      async touched() {
        const touched = waker.touched().then(() => "touched");
        const asleep = settled().then(() => "asleep");
        // Only where nothing else would wake it the next edit comes, or the end.
        if ((await Promise.race([touched, asleep])) === "touched") return;
        const next = edits.shift();
        if (next === undefined) stop.abort();
        else make(next);
        await touched;
      },
    },
    async cycle(changed) {
      play("early");
      const there = [...files.keys()];
      const exitCode = codes[runs] ?? 0;
      runs += 1;
      // A run that could not begin has seen nothing.
      if (exitCode === 0 || exitCode === 1)
        for (const path of changed ?? ["a", "b", "c", LAST]) {
          const edit = files.get(path);
          if (edit === undefined) seen.delete(path);
          else seen.set(path, edit);
        }
      // What it could not do is done at the next change, which comes.
      else edits.push({ at: "wait", path: LAST });
      await Promise.resolve();
      play("late");
      return { exitCode, owned: [], seen: there };
    },
    resting: () => undefined,
    putOff() {
      play("off");
      return Promise.resolve();
    },
    refused: () => Promise.resolve(),
    wantsAll: () => false,
    isStopped: () => stop.signal.aborted,
  });
  return { files, seen };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
