import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Scratch } from "../guard/scratch/scratch.ts";
import { seenPlaces } from "./seen-places.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-seen-")));
const home = join(folder, "home");
const SCRATCH = {
  roots: { from: join(folder, "code"), to: join(folder, "copy") },
  ignoredFolders: [],
} as unknown as Scratch;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function program(...path: readonly string[]): string {
  const file = join(folder, ...path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, "", { mode: 0o755 });
  return file;
}

test("of a program in an environment outside of the tree the environment is seen, with the interpreter that it is made of", () => {
  const tool = program("home/.local/pipx/venvs/ruff/bin/ruff");
  const python = program("pythons/3.13/bin/python3");
  const environment = join(tool, "../..");
  writeFileSync(join(environment, "pyvenv.cfg"), `home = ${join(python, "..")}\n`);
  const link = join(home, ".local/bin/ruff");
  mkdirSync(join(link, ".."), { recursive: true });
  symlinkSync(tool, link);
  expect(seenPlaces(SCRATCH, [link], { home })).toEqual([...[link, tool, environment], join(folder, "pythons/3.13")]);
});

test("of a program that is a part of nothing only the file is seen, and never the home", () => {
  const tool = program("home/bin/tool");
  expect(seenPlaces(SCRATCH, [tool], { home })).toEqual([tool]);
  // Whoever makes an environment of the home shows none of it.
  writeFileSync(join(home, "pyvenv.cfg"), "home = /usr/bin\n");
  expect(seenPlaces(SCRATCH, [tool], { home })).toEqual([tool]);
});

test("of an interpreter that is no environment's, and of what it starts, the modules are seen, and not all of the folder", () => {
  const python = program("home/.pyenv/versions/3.12.1/bin/python3.12");
  const version = join(python, "../..");
  program("home/.pyenv/versions/3.12.1/lib/python3.12/os.py");
  program("home/.pyenv/versions/3.12.1/lib/libpython3.12.so.1.0");
  program("home/.pyenv/versions/3.12.1/lib/other.so");
  const link = join(version, "bin/python3");
  symlinkSync("python3.12", link);
  const modules = ["libpython3.12.so.1.0", "python3.12"].map((name) => join(version, "lib", name));
  expect([...seenPlaces(SCRATCH, [link], { home })].sort()).toEqual([link, python, ...modules].sort());
  const tool = program("home/tools/tool");
  writeFileSync(tool, `#!${link}\nimport this\n`);
  expect([...seenPlaces(SCRATCH, [tool], { home })].sort()).toEqual([link, python, ...modules, tool].sort());
});

test("what is installed for the user alone is seen, and nothing else of it", () => {
  const module = program("user/.local/lib/python3.12/site-packages/tool.py");
  program("user/.local/share/keyrings/login");
  expect(seenPlaces(SCRATCH, [], { home: join(folder, "user") })).toEqual([join(module, "..")]);
});
