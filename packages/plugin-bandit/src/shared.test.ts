import { expect, test } from "vitest";
import { shared } from "./shared.ts";

type Context = Parameters<typeof shared.key>[0];

function contextOf(
  more: { facts?: Partial<Context["facts"]>; project?: Partial<Context["project"]>; args?: string[] } = {},
): Context {
  return {
    options: { args: more.args ?? [] },
    facts: { files: ["a/m.py"], isUsed: true, pyproject: "pyproject.toml", isPlaced: false, ...more.facts },
    project: {
      name: "a",
      root: "a",
      manifests: [],
      dependsOn: [],
      tags: [],
      nested: [],
      environments: [],
      ...more.project,
    },
    upstream: [],
    tool: {
      name: "bandit",
      version: "1.9.4",
      advisory: false,
      detected: [],
      argv: ["{python}", "-m", "bandit"],
      origin: ".venv",
    },
    out: ".symbiotic/out/a",
  };
}

const VENV = [{ ecosystem: "python", kind: "directory", path: "a/.venv" }] as const;

test("projects with the same settings go together", () => {
  expect(shared.key(contextOf())).toBe(shared.key(contextOf({ project: { root: "b" } })));
  expect(shared.key(contextOf())).not.toBe(shared.key(contextOf({ facts: { pyproject: null } })));
  expect(shared.key(contextOf())).not.toBe(shared.key(contextOf({ project: { environments: VENV } })));
});

test.each<[string, Parameters<typeof contextOf>[0]]>([
  ["the root", { project: { root: "." } }],
  ["one with others inside", { project: { nested: ["a/b"] } }],
  ["one whose settings name paths, or with a .bandit", { facts: { isPlaced: true } }],
  ["a package itself", { facts: { files: ["a/__init__.py"] } }],
  ["any with further arguments", { args: ["--skip", "B101"] }],
  ["a folder that bandit leaves out by its name", { project: { root: ".github/a" } }],
])("alone is %s", (_, more) => {
  expect(shared.key(contextOf(more))).toBeUndefined();
});

test("folders are named from the root, with what is left out in each", () => {
  const b = contextOf({ project: { root: "b" } });
  expect(shared.command([contextOf({ project: { environments: VENV } }), b])).toMatchObject({
    argv: [
      ...["{python}", "-m", "bandit", "--recursive", "./a", "./b", "--format", "json", "--quiet"],
      ...["--configfile", "pyproject.toml", "--exclude", "./a/.venv/*"],
    ],
    stdout: "data",
  });
});

test("a .bandit that bandit found by itself is for one project: nothing is divided", () => {
  const stderr = "[main]\tINFO\tFound project level .bandit file: ./a/.bandit\n";
  const read = shared.findings({ exitCode: 0, stdout: '{"errors": [], "results": []}', stderr, files: {} }, [
    contextOf(),
  ]);
  expect(read).toMatchObject({ ok: false, error: { code: "SYM4464" } });
});
