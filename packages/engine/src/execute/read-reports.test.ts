import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { MOST_READ, readReports } from "./read-reports.ts";

/** Reads what is in a folder; a number is a file of that length. */
function read(files: Readonly<Record<string, string | number>>, reads = ["*.json"]): ReturnType<typeof readReports> {
  const outDirectory = mkdtempSync(join(tmpdir(), "symbiotic-reports-"));
  onTestFinished(() => rmSync(outDirectory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(outDirectory, name), typeof content === "string" ? content : "");
    if (typeof content === "number") truncateSync(join(outDirectory, name), content);
  }
  const tool = {
    name: "acme",
    version: "",
    advisory: false,
    detected: [],
    argv: ["{tool}"],
    origin: "a test",
  } as const;
  const project = { name: "p", root: ".", manifests: [], dependsOn: [], tags: [], nested: [], environments: [] };
  const context = { options: null, facts: null, project, upstream: [], tool, out: "out" };
  return readReports({ atomId: "run_acme", outDirectory, context }, reads, (text) => text.toUpperCase());
}

test("the files that are meant are read, sorted, as they are to be told", async () => {
  expect(await read({ "b.json": "b", "a.json": "a", "c.txt": "c" })).toEqual({
    ok: true,
    value: { "a.json": "A", "b.json": "B" },
  });
  expect(await read({ "a.json": "a" }, [])).toEqual({ ok: true, value: {} });
});

test("files that are too long together are not read, and the one that was too much is named", async () => {
  const half = MOST_READ / 2;
  expect(await read({ "a.json": half, "b.json": half, "c.json": 1 })).toMatchObject({
    ok: false,
    error: {
      code: "SYM4004",
      message: "acme wrote more than 128 MiB to c.json in run_acme; its result is not whole",
      hint: "have acme look at less, or say less of it: in its own settings or by its arguments",
    },
  });
});
