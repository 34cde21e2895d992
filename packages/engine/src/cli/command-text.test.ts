import { expect, test } from "vitest";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";
import { commandOf } from "./command-text.ts";

const PLAIN: Parsed = { positionals: ["all"], flags: new Set(), values: new Map(), lists: new Map(), rest: [] };
const CONTEXT = {
  cwd: "/r",
  node: "/node",
  environment: { settings: {}, parallelism: 2 },
} as unknown as CliContext;

function text(more: Partial<Parsed> = {}, context: object = {}): string | undefined {
  return commandOf({ ...PLAIN, ...more }, { ...CONTEXT, ...context });
}

test("a plain command line has a text, the same for the same", () => {
  expect(text()).toBeDefined();
  expect(text()).toBe(text());
  const values = new Map([
    ["continue", "always"],
    ["concurrency", "2"],
  ]);
  expect(text({ values })).toBe(text({ values: new Map([...values].reverse()) }));
});

test("every part of what a run is called with is in it", () => {
  const texts = [
    text(),
    text({ positionals: ["all", "more"] }),
    text({ positionals: ["allmore"] }),
    text({ flags: new Set(["json"]) }),
    text({ values: new Map([["continue", "always"]]) }),
    text({ values: new Map([["continue", "never"]]) }),
    text({ lists: new Map([["filter", ["a", "b"]]]) }),
    text({ lists: new Map([["filter", ["b", "a"]]]) }),
    text({ lists: new Map([["exclude", ["a", "b"]]]) }),
    text({}, { cwd: "/r/a" }),
    text({}, { node: "/other" }),
    text({}, { environment: { settings: { cacheDir: "/c" }, parallelism: 2 } }),
    text({}, { environment: { settings: {}, parallelism: 3 } }),
  ];
  expect(texts).not.toContain(undefined);
  expect(new Set(texts).size).toBe(texts.length);
});

test("what may not be served, or depends on more than was seen, has none", () => {
  for (const flag of ["force", "no-cache", "affected", "barrier", "staged", "unknown"])
    expect(text({ flags: new Set([flag]) }), flag).toBeUndefined();
  for (const value of ["base", "head", "dry-run", "shard", "shard-by", "resume", "config"])
    expect(text({ values: new Map([[value, "1"]]) }), value).toBeUndefined();
  expect(text({ values: new Map([["output-logs", "full"]]) })).toBeUndefined();
  expect(text({ values: new Map([["output-logs", "failed"]]) })).toBeDefined();
  expect(text({ rest: ["-k", "x"] })).toBeUndefined();
  expect(text({}, { environment: { settings: { config: "x.ts" }, parallelism: 2 } })).toBeUndefined();
});
