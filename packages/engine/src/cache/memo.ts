import { readFileSync } from "node:fs";
import type { JsonValue } from "../core/json.ts";
import { writeAtomically } from "../fingerprint/files/write-atomically.ts";
import { encodeFrame, type FrameRef, frameText, parseFrame, scanFrames } from "./frame.ts";

/** Values kept between runs to save time. It may forget anything at any time, so nothing may rest on it. */
export interface Memo {
  get(key: string): JsonValue | undefined;
  set(key: string, value: JsonValue): void;
  delete(key: string): void;
  /** Writes what changed, whole and at once. Gives whether the file now holds what is known. */
  save(): boolean;
}

const NAME = "memo";
const DEFAULT_LIMIT = 10_000;

/**
 * Opens the memo kept in `file`. A file that is missing, unreadable, damaged or of another format is an empty memo. Over
 * `limit` entries, those that were not used for the longest time are forgotten.
 */
export function openMemo(file: string, limit: number = DEFAULT_LIMIT): Memo {
  const entries = new Map(load(file));
  let saved = true;
  return {
    get(key) {
      const value = entries.get(key);
      // Asked for last, forgotten last.
      if (value !== undefined && entries.delete(key)) entries.set(key, value);
      return value;
    },
    set(key, value) {
      entries.delete(key);
      entries.set(key, value);
      saved = false;
    },
    delete(key) {
      if (entries.delete(key)) saved = false;
    },
    save() {
      if (saved) return true;
      try {
        const json = JSON.stringify([...entries].slice(-limit));
        writeAtomically(file, encodeFrame({ name: NAME, json }));
        saved = true;
        return true;
      } catch {
        return false;
      }
    },
  };
}

function load(file: string): readonly (readonly [string, JsonValue])[] {
  let found: FrameRef | undefined;
  try {
    scanFrames(frameText(readFileSync(file)), 0, (_, ref) => {
      found = ref;
    });
  } catch {
    return [];
  }
  const frame = found && parseFrame(found);
  return frame?.name === NAME && Array.isArray(frame.value) ? frame.value.filter(isEntry) : [];
}

function isEntry(value: unknown): value is readonly [string, JsonValue] {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === "string";
}
