import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { lineBlocks, linesOf } from "../execute/line-blocks.ts";

/** Milliseconds between two looks at a file that grows. */
const LOOK_MS = 100;
const CHUNK = 256 * 1024;
const LONGEST = 8 * 1024 * 1024;

/** A file that is read as it grows. */
export interface Followed {
  /** Reads what there is and stops. */
  end(): void;
}

/** Where a file lies: below a folder, at any depth, by the end of its name. */
export interface FollowedPlace {
  readonly folder: string;
  readonly ending: string;
}

/** The size of a file that is there already: what it holds then is known. */
export function sizeNow(place: FollowedPlace): number {
  const path = find(place);
  return path === undefined ? 0 : (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
}

/** Tells each line that is added after `from` bytes. A file that is not there yet may come. */
export function followFile(place: FollowedPlace, from: number, tell: (line: string) => void): Followed {
  let [path, at]: [string | undefined, number] = [undefined, from];
  const lines = lineBlocks((block) => linesOf(block).forEach(tell), LONGEST);
  const look = (): void => {
    path ??= find(place);
    if (path !== undefined) at = readOn(path, at, (bytes) => lines.push(bytes));
  };
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  return {
    end() {
      clearInterval(timer);
      look();
    },
  };
}

function find({ folder, ending }: FollowedPlace): string | undefined {
  try {
    const name = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((each) => each.endsWith(ending));
    return name === undefined ? undefined : join(folder, name);
  } catch {
    // The folder is made with the first file.
    return undefined;
  }
}

function readOn(path: string, from: number, take: (bytes: Buffer) => void): number {
  let at = from;
  try {
    const file = openSync(path, "r");
    try {
      for (;;) {
        // What is taken may be kept: each part has bytes of its own.
        const bytes = Buffer.alloc(CHUNK);
        const count = readSync(file, bytes, 0, CHUNK, at);
        if (count === 0) return at;
        at += count;
        take(bytes.subarray(0, count));
      }
    } finally {
      closeSync(file);
    }
  } catch {
    // It says more than the output, and nothing that is needed.
    return at;
  }
}
