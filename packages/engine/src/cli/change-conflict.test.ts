import { expect, test } from "vitest";
import { changeConflict } from "./change-conflict.ts";
import type { Parsed } from "../plugin/command.ts";

function parsed(flags: readonly string[], files?: readonly string[]): Parsed {
  const lists = new Map(files === undefined ? [] : [["files", files] as const]);
  return { positionals: [], flags: new Set(flags), values: new Map(), lists, rest: [] };
}

test.each<[readonly string[], readonly string[] | undefined, string | undefined]>([
  [[], undefined, undefined],
  [["affected"], undefined, undefined],
  [["staged", "force"], undefined, undefined],
  [[], ["a"], undefined],
  [["affected", "staged"], undefined, "--affected and --staged exclude each other"],
  [["affected"], ["a"], "--affected and --files exclude each other"],
  [["staged"], ["a"], "--staged and --files exclude each other"],
])("the flags %j with the files %j", (flags, files, message) => {
  expect(changeConflict(parsed(flags, files))?.message).toBe(message);
});
