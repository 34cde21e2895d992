import { lstatSync, realpathSync, type BigIntStats } from "node:fs";
import type { JsonValue } from "../../core/json.ts";

/**
 * Remembers what was learned of files, so that it need not be learned again. It only saves time: what it holds is
 * trusted while the files look untouched, and nothing of it is in a key.
 */
export interface Memo {
  get(key: string): JsonValue | undefined;
  set(key: string, value: JsonValue): void;
}

/**
 * How a file looks from outside: any change of its bytes changes this; nothing where there is no file, or none that this user
 * may see. Links are not followed.
 */
export function stampOf(path: string): string | undefined {
  const stat = look(path);
  return stat && `${String(stat.size)}:${String(stat.mtimeNs)}:${String(stat.ctimeNs)}:${String(stat.ino)}`;
}

function look(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The path of the file that a path leads to through links; nothing where it leads nowhere. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** Something to learn that stays true while `stamp` stays the same. */
export interface Question<T extends JsonValue> {
  /** What is asked of what: `record:/a/b/RECORD`. */
  readonly key: string;
  readonly stamp: string;
  /** Reads back what was remembered; nothing where it is not of this shape. */
  readonly read: (value: JsonValue) => T | undefined;
  readonly learn: () => T | undefined;
}

/** The remembered answer if the stamp is still the same, else the answer learned now. What cannot be learned is not remembered. */
export function recall<T extends JsonValue>(memo: Memo, question: Question<T>): T | undefined {
  const known = memo.get(question.key);
  if (Array.isArray(known) && known[0] === question.stamp) {
    const value = question.read(known[1] as JsonValue);
    if (value !== undefined) return value;
  }
  const learned = question.learn();
  if (learned !== undefined) memo.set(question.key, [question.stamp, learned]);
  return learned;
}

/** Reads back a text. */
export function readText(value: JsonValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}
