import type { JsonValue } from "../core/json.ts";

/** A value that is kept between runs; whoever keeps it may forget it at any time. */
export interface Keep {
  get(key: string): JsonValue | undefined;
  set(key: string, value: JsonValue): void;
  save(): boolean;
}

/** What isolated plugins have answered, as texts by key. */
export interface Answers {
  get(key: string): string | undefined;
  set(key: string, text: string): void;
  /** Keeps for the next run what is new; what was not asked for in this process is forgotten first. */
  save(): void;
}

const KEY = "answers";
/** Characters; what this process has asked for is kept whatever its length. */
const MOST = 16 * 1024 * 1024;

/** The answers that are kept in `keep`. */
export function createAnswers(keep: Keep, most: number = MOST): Answers {
  const old = new Map(pairsOf(keep.get(KEY)));
  const used = new Map<string, string>();
  let isSaved = true;
  return {
    get(key) {
      const text = used.get(key) ?? old.get(key);
      if (text !== undefined) used.set(key, text);
      return text;
    },
    set(key, text) {
      used.set(key, text);
      isSaved = false;
    },
    save() {
      if (isSaved) return;
      isSaved = true;
      const left = [...old].filter(([key]) => !used.has(key));
      keep.set(KEY, [...newest(left, most - lengthOf(used)), ...used]);
      keep.save();
    },
  };
}

/** Those at the end of a list that are together no longer than that. */
function newest(pairs: readonly Pair[], most: number): readonly Pair[] {
  let left = most;
  const first = pairs.findLastIndex((pair) => {
    left -= lengthOf([pair]);
    return left < 0;
  });
  return pairs.slice(first + 1);
}

type Pair = readonly [key: string, text: string];

function lengthOf(pairs: Iterable<Pair>): number {
  let sum = 0;
  for (const [key, text] of pairs) sum += key.length + text.length;
  return sum;
}

function pairsOf(value: JsonValue | undefined): Pair[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).filter(isPair) : [];
}

function isPair(value: JsonValue): value is Pair {
  return Array.isArray(value) && typeof value[0] === "string" && typeof value[1] === "string";
}
