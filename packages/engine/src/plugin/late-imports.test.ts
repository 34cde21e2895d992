import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { lateImports } from "./late-imports.ts";

function moduleOf(text: string): { readonly file: string; readonly at: (name: string) => string } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-late-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string): string => join(folder, name);
  for (const name of ["a.ts", "b.mjs", "c.json", "d.cjs"]) writeFileSync(at(name), "{}");
  writeFileSync(at("module.ts"), text);
  return { file: at("module.ts"), at };
}

test("modules that are named in calls are found, each once, whatever the quotes and the blanks", () => {
  const { file, at } = moduleOf(
    "await import('./a.ts'); import ( \"./b.mjs\" ); import(`./c.json`, { with: { type: 'json' } }); require('./d'); import('./a.ts')",
  );
  expect(lateImports(file)).toEqual([at("a.ts"), at("b.mjs"), at("c.json")]);
  expect(lateImports(moduleOf("require('./d.cjs')").file)).toHaveLength(1);
});

test("what is not there, Node's own modules, names that are put together and files that are no code give nothing", () => {
  const { file, at } = moduleOf(
    "import('./none.ts'); import('node:fs'); import('fs'); import(`./${name}.ts`); import(name)",
  );
  expect(lateImports(file)).toEqual([]);
  writeFileSync(at("c.json"), `"import('./a.ts')"`);
  expect(lateImports(at("c.json"))).toEqual([]);
});
