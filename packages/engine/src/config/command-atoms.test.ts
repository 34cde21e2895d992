import { expect, test } from "vitest";
import { checkAtoms } from "./command-atoms.ts";
import type { Settings } from "./schema.ts";

test("named inputs are put in, also in overrides, in each other, and for the projects upstream", () => {
  const { atoms, problems } = checkAtoms({
    inputs: { sources: ["src/**", "!**/*.md"], all: ["@sources", "^@sources", "/root.txt"] },
    atoms: {
      build: { command: "x", inputs: ["@all", "own"], projects: { web: { inputs: ["^@sources"] }, old: false } },
    },
  });
  expect(problems).toEqual([]);
  expect(atoms).toEqual({
    build: {
      command: "x",
      inputs: ["src/**", "!**/*.md", "^src/**", "^!**/*.md", "/root.txt", "own"],
      projects: { web: { inputs: ["^src/**", "^!**/*.md"] }, old: false },
    },
  });
});

test("a glob in a folder whose name begins with @ is no name", () => {
  expect(checkAtoms({ atoms: { a: { command: "x", inputs: ["@types/**", "@scope/x.ts"] } } })).toEqual({
    atoms: { a: { command: "x", inputs: ["@types/**", "@scope/x.ts"] } },
    problems: [],
  });
});

test("an atom that is taken away is not there", () => {
  expect(checkAtoms({ atoms: { a: false } })).toEqual({ atoms: {}, problems: [] });
});

test.each<[string, Settings, string]>([
  ["a name that is not there", { atoms: { a: { command: "x", inputs: ["b", "@no"] } } }, "SYM1206 atoms.a.inputs.1"],
  [
    "one in an override",
    { atoms: { a: { command: "x", projects: { web: { inputs: ["@toString"] } } } } },
    "SYM1206 atoms.a.projects.web.inputs.0",
  ],
  ["one in a list", { inputs: { s: ["x", "@no"] } }, "SYM1206 inputs.s.1"],
  ["a list that names itself", { inputs: { s: ["@s"] } }, "SYM1209 inputs.s.0"],
  [
    "a list taken away",
    { inputs: { s: [] }, atoms: { a: { command: "x", inputs: ["!@s"] } } },
    "SYM1201 atoms.a.inputs.0",
  ],
  ["no command", { atoms: { a: { timeout: 1 } } }, "SYM1201 atoms.a"],
  ["a watcher", { atoms: { a: { command: "tsc --watch" } } }, "SYM1207 atoms.a.command"],
  [
    "a server in an override",
    { atoms: { a: { command: "x", projects: { web: { command: ["vite", "dev"] } } } } },
    "SYM1207 atoms.a.projects.web.command",
  ],
  ["what says so itself", { atoms: { a: { command: "x", persistent: true } } }, "SYM1207 atoms.a.persistent"],
  [
    "an effect with outputs",
    { atoms: { a: { command: "x", effect: true, outputs: ["d"] } } },
    "SYM1201 atoms.a.outputs",
  ],
  ["an effect with retries", { atoms: { a: { command: "x", effect: true, retries: 1 } } }, "SYM1201 atoms.a.retries"],
])("%s is refused where it stands", (_title, settings, expected) => {
  expect(checkAtoms(settings).problems.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual([expected]);
});

test("a cycle of three lists is told once, with the names in order", () => {
  const { problems } = checkAtoms({ inputs: { z: ["@b"], a: ["@b"], b: ["@c"], c: ["x", "@a"] } });
  expect(problems.map(({ path, message }) => `${path.join(".")} ${message}`)).toEqual([
    "inputs.a.0 makes a cycle: @b → @c → @a → @b",
  ]);
});

test("what looks as if it watched may say that it ends", () => {
  const { problems } = checkAtoms({ atoms: { a: { command: "fake --watch", persistent: false } } });
  expect(problems).toEqual([]);
});
