/** Tells when something may have happened, and when it has been quiet since. One waits at a time. */
export interface Waker {
  /** Something may have happened. */
  readonly touch: () => void;
  /** Settles when something has happened that nobody has waited for yet; at once if it has already. */
  readonly touched: () => Promise<void>;
  /**
   * Settles when nothing has happened for a while, or when it has gone on for as long as anybody should wait; at once
   * where nothing has happened. What has happened until then counts as seen.
   */
  readonly quiet: () => Promise<void>;
}

/** How long it must be quiet, and how long it is waited for at most; milliseconds. */
export interface Patience {
  readonly quietMs: number;
  readonly mostMs: number;
}

/** What a waker waits by. */
export interface Clock {
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** Calls once this many milliseconds have passed; gives the function that calls it off. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
}

/** A waker. When `signal` is aborted nobody waits any more. */
export function createWaker({ quietMs, mostMs }: Patience, clock: Clock, signal: AbortSignal): Waker {
  let [first, last]: [number | undefined, number] = [undefined, 0];
  let wake: () => void = () => undefined;
  signal.addEventListener("abort", () => {
    wake();
  });
  const sleep = (milliseconds?: number): Promise<void> =>
    new Promise((resolve) => {
      const callOff = milliseconds === undefined ? undefined : clock.after(milliseconds, resolve);
      wake = () => {
        callOff?.();
        resolve();
      };
    });
  return {
    touch() {
      last = clock.now();
      if (first !== undefined) return;
      first = last;
      wake();
    },
    async touched() {
      while (first === undefined && !signal.aborted) await sleep();
    },
    async quiet() {
      while (first !== undefined && !signal.aborted) {
        const left = Math.min(last + quietMs, first + mostMs) - clock.now();
        if (left <= 0) first = undefined;
        else await sleep(left);
      }
    },
  };
}
