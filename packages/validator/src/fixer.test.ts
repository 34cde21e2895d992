import { expect, test } from "vitest";
import { fixer } from "./fixer.ts";

const atom = fixer<null, null>({
  of: { tool: "tidy", atom: "run_tidy", tools: () => [], inputs: () => ({ files: ["*.x"] }), applies: () => false },
  title: "tidy fix",
  describe: "Tidy",
  alias: "tidy-fix",
  lane: "format",
  edits: () => ["*.x"],
  command: () => ({ argv: ["tidy"] }),
  finished: [0],
});

test("a fixer is an edit that takes tools and inputs of its validator and says what it mends", () => {
  expect(atom).toMatchObject({ kind: "edit", lane: "format", fixes: ["run_tidy"], implements: ["042"] });
  const context = {} as Parameters<typeof atom.inputs>[0];
  expect([atom.inputs(context), atom.applies?.(context)]).toEqual([{ files: ["*.x"] }, false]);
});

test("any other end than its tool's own is a tool that stopped", () => {
  const context = { tool: { name: "tidy" } } as Parameters<NonNullable<typeof atom.parse>>[1];
  const end = (exitCode: number): unknown => atom.parse?.({ exitCode, stdout: "", stderr: "no", files: {} }, context);
  expect(end(0)).toMatchObject({ ok: true, value: { status: "ok" } });
  expect(end(2)).toMatchObject({ ok: false, error: { code: "SYM4461" } });
});
