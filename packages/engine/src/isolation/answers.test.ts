import { expect, test } from "vitest";
import type { JsonValue } from "../core/json.ts";
import { createAnswers, type Keep } from "./answers.ts";

interface Store extends Keep {
  readonly held: Map<string, JsonValue>;
  saves: number;
}

function store(answers?: JsonValue): Store {
  const held = new Map<string, JsonValue>(answers === undefined ? [] : [["answers", answers]]);
  return {
    held,
    saves: 0,
    get: (key) => held.get(key),
    set: (key, value) => void held.set(key, value),
    save() {
      this.saves += 1;
      return true;
    },
  };
}

test("what was answered in one process is known in the next", () => {
  const keep = store();
  const answers = createAnswers(keep);
  expect(answers.get("a")).toBeUndefined();
  answers.set("a", "1");
  expect(answers.get("a")).toBe("1");
  answers.save();
  expect(createAnswers(keep).get("a")).toBe("1");
});

test("nothing is written where nothing is new", () => {
  const keep = store([["a", "1"]]);
  const answers = createAnswers(keep);
  answers.get("a");
  answers.save();
  expect(keep.saves).toBe(0);
  answers.set("b", "2");
  answers.save();
  answers.save();
  expect(keep.saves).toBe(1);
});

test("over the bound, what was not asked for is forgotten, oldest first; what was asked for stays", () => {
  const keep = store([
    ["a", "11"],
    ["b", "22"],
    ["c", "33"],
    ["d", "44"],
  ]);
  const answers = createAnswers(keep, 9);
  expect(answers.get("a")).toBe("11");
  answers.set("e", "55");
  answers.save();
  expect(keep.held.get("answers")).toEqual([
    ["d", "44"],
    ["a", "11"],
    ["e", "55"],
  ]);
});

test.each<[string, JsonValue]>([
  ["a text", "x"],
  ["an object", { a: "1" }],
  ["pairs that are none", [["a"], ["b", 1], [1, "b"], null, "cd"]],
])("a store that holds %s is an empty one", (_title, held) => {
  const answers = createAnswers(store(held));
  expect(["a", "b", "c", "x"].map((key) => answers.get(key))).toEqual([undefined, undefined, undefined, undefined]);
});
