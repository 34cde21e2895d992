import { setTimeout as pause } from "node:timers/promises";

/** Time and chance, so that a test can have its own. */
export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Settles when so many milliseconds have passed, or at once when the signal comes. Never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

/** The system's. */
export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  async sleep(milliseconds, signal) {
    try {
      await pause(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch {
      // Woken up.
    }
  },
};
