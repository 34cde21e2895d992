import { expect, test } from "vitest";
import { createWaker, type Clock, type Waker } from "./waker.ts";

interface HandClock extends Clock {
  /** Lets time pass; settles when everybody whose time has come has gone on as far as possible. */
  pass(milliseconds: number): Promise<void>;
  readonly timers: () => number;
}

/** A clock that stands still unless a test moves it. */
function handClock(): HandClock {
  let time = 0;
  const timers = new Set<{ readonly at: number; readonly call: () => void }>();
  return {
    now: () => time,
    after(milliseconds, call) {
      const timer = { at: time + milliseconds, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(milliseconds) {
      time += milliseconds;
      for (const timer of timers)
        if (timer.at <= time) {
          timers.delete(timer);
          timer.call();
        }
      await settled();
    },
    timers: () => timers.size,
  };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

interface Rig {
  readonly clock: HandClock;
  readonly waker: Waker;
  readonly stop: AbortController;
}

function rig(): Rig {
  const [clock, stop] = [handClock(), new AbortController()];
  return { clock, stop, waker: createWaker({ quietMs: 100, mostMs: 1000 }, clock, stop.signal) };
}

/** Whether a promise has settled by now. */
function watched(promise: Promise<void>): { readonly isDone: () => Promise<boolean> } {
  let isDone = false;
  void promise.then(() => {
    isDone = true;
  });
  return {
    isDone: async () => {
      await settled();
      return isDone;
    },
  };
}

test("it is quiet at once where nothing has happened", async () => {
  const { waker, clock } = rig();
  expect(await watched(waker.quiet()).isDone()).toBe(true);
  expect(clock.timers()).toBe(0);
});

test("it is quiet 100 ms after the last touch, not the first", async () => {
  const { waker, clock } = rig();
  waker.touch();
  const quiet = watched(waker.quiet());
  await clock.pass(60);
  waker.touch();
  await clock.pass(60);
  expect(await quiet.isDone()).toBe(false);
  await clock.pass(39);
  expect(await quiet.isDone()).toBe(false);
  await clock.pass(1);
  expect(await quiet.isDone()).toBe(true);
});

test("nobody waits longer than a second, however long it goes on", async () => {
  const { waker, clock } = rig();
  waker.touch();
  const quiet = watched(waker.quiet());
  for (let passed = 0; passed < 990; passed += 90) {
    await clock.pass(90);
    waker.touch();
  }
  expect(await quiet.isDone()).toBe(false);
  await clock.pass(10);
  expect(await quiet.isDone()).toBe(true);
});

test("what happened while nobody waited is waited for once", async () => {
  const { waker, clock } = rig();
  waker.touch();
  waker.touch();
  expect(await watched(waker.touched()).isDone()).toBe(true);
  const quiet = watched(waker.quiet());
  await clock.pass(100);
  expect(await quiet.isDone()).toBe(true);
  const touched = watched(waker.touched());
  expect(await touched.isDone()).toBe(false);
  waker.touch();
  expect(await touched.isDone()).toBe(true);
});

test("when it is stopped, nobody waits and no timer is left", async () => {
  const { waker, clock, stop } = rig();
  waker.touch();
  const quiet = watched(waker.quiet());
  expect(clock.timers()).toBe(1);
  stop.abort();
  expect(await quiet.isDone()).toBe(true);
  expect(clock.timers()).toBe(0);
  const other = rig();
  const touched = watched(other.waker.touched());
  other.stop.abort();
  expect(await touched.isDone()).toBe(true);
});
