import { expect, test } from "vitest";
import * as z from "zod";
import type { PluginSpec } from "../plugin/contract.ts";
import { describe } from "./describe.ts";
import { standIn } from "./stand-in.ts";

const SPEC: PluginSpec = {
  api: 1,
  name: "acme",
  from: "file:///acme.ts",
  options: z.unknown(),
  inspect: { texts: ["OWNERS"], facts: () => ({ ok: true, value: null }) },
  narrow: () => false,
  atoms: {
    one: {
      kind: "check",
      title: "one",
      describe: "d",
      inputs: () => ({}),
      command: () => ({ argv: ["a"] }),
      scratch: [".one"],
      batch: { max: 8, key: () => "k", command: () => ({ argv: ["a"] }), parse: () => ({ ok: true, value: [] }) },
    },
  },
  targets: { all: ["one"] },
};

test("a plugin is described by its data and by the names of its hooks", () => {
  const definition = (data: object, hooks: readonly string[], inner: object = {}): object => ({ data, hooks, inner });
  expect(describe(SPEC)).toEqual({
    name: "acme",
    own: definition({ api: 1, name: "acme", from: "file:///acme.ts", targets: { all: ["one"] } }, ["narrow"], {
      inspect: definition({ texts: ["OWNERS"] }, ["facts"]),
      atoms: definition({}, [], {
        one: definition({ kind: "check", title: "one", describe: "d", scratch: [".one"] }, ["inputs", "command"], {
          batch: definition({ max: 8 }, ["key", "command", "parse"]),
        }),
      }),
    }),
  });
});

test("its stand-in has the same data, and each hook asks by the names that lead to it", () => {
  const asked: unknown[] = [];
  const stand = standIn(JSON.parse(JSON.stringify(describe(SPEC))) as ReturnType<typeof describe>, (hook, args) => {
    asked.push([hook, args]);
    return "answer";
  });
  expect(stand.atoms?.["one"]).toMatchObject({ title: "one", scratch: [".one"] });
  expect(stand.atoms?.["one"]?.inputs({} as never)).toBe("answer");
  expect(stand.narrow?.(1, {} as never)).toBe("answer");
  const one = stand.atoms?.["one"] as { readonly batch: { readonly max: number; key(context: object): unknown } };
  expect([one.batch.max, one.batch.key({ a: 1 })]).toEqual([8, "answer"]);
  expect(asked).toEqual([
    [["atoms", "one", "inputs"], [{}]],
    [["narrow"], [1, {}]],
    [["atoms", "one", "batch", "key"], [{ a: 1 }]],
  ]);
});

test("what is neither a function nor JSON is refused", () => {
  expect(() => describe({ ...SPEC, targets: new Map() as never })).toThrow("not JSON");
});
