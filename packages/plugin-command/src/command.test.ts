import type { CommandAtoms, CommandAtom, JsonValue, NarrowedAtom, PluginSpec, Project } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { plugin } from "./index.ts";

type Setting = CommandAtoms[string];

const WEB = project({ name: "web", root: "libs/web", tags: ["node"] });

test("an atom with outputs somewhere is a build, one that touches the world an effect, any other a check", () => {
  expect(kinds({ a: { command: "x" }, b: { command: "x", outputs: ["d"] }, c: { command: "x", outputs: [] } })).toEqual(
    {
      a: "check",
      b: "build",
      c: "check",
    },
  );
  expect(
    kinds({ a: { command: "x", projects: { web: { outputs: ["d"] } } }, e: { command: "x", effect: true } }),
  ).toEqual({
    a: "build",
    e: "effect",
  });
});

test("an atom is described by its command where nothing is said, and joins its targets", () => {
  const { atoms, targets } = derivedFrom({
    a: { command: ["tsc", "-p", "."], targets: ["gates", "test"] },
    b: { command: "one\ntwo", title: "B", alias: "bee", describe: "said", targets: ["gates"] },
  });
  expect(atoms).toMatchObject([
    { id: "a", title: "a", describe: "tsc -p ." },
    { id: "b", title: "B", describe: "said", alias: "bee" },
  ]);
  expect(targets).toEqual({ gates: ["a", "b"], test: ["a"] });
});

test("the options are empty, so that an atom's edit is in no other atom's key", () => {
  expect(plugin({ a: { command: "x" } }).options).toBeUndefined();
});

test.each([
  [["web"], true],
  [["w*"], true],
  [["./libs/*"], true],
  [["tag:node"], true],
  [["api", "tag:node"], true],
  [["api", "./apps/*", "tag:python"], false],
  [[], false],
])("with only %j, it is for the project web: %s", (only, expected) => {
  expect(narrowedTo({ command: "x", only }) !== false).toBe(expected);
});

test("every override that fits applies, later ones over earlier ones, and variables by name", () => {
  const atom: Setting = {
    command: "x",
    env: { A: "1", B: "1" },
    timeout: 1,
    projects: { "*": { env: { B: "2" }, timeout: 2 }, api: { command: "api" }, web: { command: "web" } },
  };
  expect(narrowedTo(atom)).toMatchObject({ params: { command: "web", env: { A: "1", B: "2" } }, timeoutMs: 2000 });
});

test("a project that is left out may be taken in again, as the atom is without overrides", () => {
  expect(narrowedTo({ command: "x", projects: { "w*": false } })).toBe(false);
  expect(narrowedTo({ command: "x", projects: { "*": { timeout: 1 }, "w*": false, web: {} } })).toMatchObject({
    params: { command: "x" },
  });
});

test("what a project does not see is not in its params, nor is what changes no result", () => {
  const atom: Setting = {
    command: "x",
    timeout: 5,
    retries: 2,
    cache: false,
    dependsOn: ["^a"],
    resources: { cpu: 2 },
  };
  const narrowed = narrowedTo(atom);
  expect(narrowed).toMatchObject({
    timeoutMs: 5000,
    retries: 2,
    cache: false,
    dependsOn: ["^a"],
    resources: { cpu: 2 },
  });
  const other = narrowedTo({ command: "x", title: "T", targets: ["t"], projects: { api: { command: "y" } } });
  expect(paramsOf(other)).toEqual(paramsOf(narrowed));
});

test("without inputs all files of the project count, but not what the command makes", () => {
  const { files, literal, repositoryFiles, upstreamFiles } = inputs({
    command: "x",
    outputs: ["dist/"],
    scratch: [".c"],
  });
  expect(files).toEqual(["**", "!dist", "!dist/**", "!.c", "!.c/**"]);
  expect([literal, repositoryFiles, upstreamFiles]).toEqual([[], [], []]);
});

test("inputs are divided by where they count from", () => {
  const written = ["src/**", "!src/**/*.md", "./a.json", "lib/", "/root/*.json", "!/root/b.json", "^src/**", "^!x.md"];
  expect(inputs({ command: "x", inputs: written }, ["tools/**", "/base.json", "!tools/x"])).toMatchObject({
    files: ["src/**", "!src/**/*.md", "a.json", "a.json/**", "lib", "lib/**"],
    upstreamFiles: ["src/**", "!x.md", "!x.md/**"],
    repositoryFiles: [
      ...[
        "root/*.json",
        "!root/b.json",
        "!root/b.json/**",
        "tools/**",
        "base.json",
        "base.json/**",
        "!tools/x",
        "!tools/x/**",
      ],
    ],
    literal: ["libs/web/a.json", "libs/web/lib"],
  });
});

test("a list that only takes away takes from all files", () => {
  expect(inputs({ command: "x", inputs: ["!**/*.md", "/root.txt"] }).files).toEqual(["**", "!**/*.md"]);
});

test("an empty list of inputs is none", () => {
  expect(inputs({ command: "x", inputs: [] })).toMatchObject({ files: [], literal: [] });
});

test.each<[Setting["command"], string[]]>([
  [["./run.sh", "x"], ["libs/web/run.sh"]],
  ["../../tools/build.sh --fast && other", ["tools/build.sh"]],
  ["node run.mjs", []],
  ["/usr/bin/env x", []],
  ["../../../outside.sh", []],
  ["$HOME/x", []],
])("of the command %j, %j is an input", (command = "", expected) => {
  expect(inputs({ command, inputs: [] }).literal).toEqual(expected);
});

test("a line goes to the shell, a list does not, and what the project has installed comes first", () => {
  expect(start({ command: "a && b", env: { A: "1" } })).toEqual({
    argv: ["a && b"],
    shell: true,
    env: { A: "1" },
    programs: [
      ...["libs/web/node_modules/.bin", "libs/web/.venv/bin", "libs/web/.venv/Scripts"],
      ...["libs/node_modules/.bin", "libs/.venv/bin", "libs/.venv/Scripts"],
      ...["node_modules/.bin", ".venv/bin", ".venv/Scripts"],
    ],
  });
  expect(start({ command: ["a", "&& b"] })).toMatchObject({ argv: ["a", "&& b"] });
  expect(start({ command: ["a", "&& b"] })).not.toHaveProperty("shell");
});

function project(more: Pick<Project, "name" | "root" | "tags">): Project {
  return { manifests: [], dependsOn: [], nested: [], environments: [], ...more };
}

function derivedFrom(atoms: CommandAtoms, globalInputs: readonly string[] = []) {
  const given = plugin(atoms).spec.derive?.({ options: null, files: [], globalInputs });
  if (given?.ok !== true) throw new Error("nothing was derived");
  return given.value;
}

function kinds(atoms: CommandAtoms): Record<string, string | undefined> {
  return Object.fromEntries(derivedFrom(atoms).atoms.map(({ id, kind }) => [id, kind]));
}

function narrowedTo(atom: Setting, globalInputs: readonly string[] = []): NarrowedAtom | false {
  const [own] = derivedFrom({ a: atom }, globalInputs).atoms;
  // As it arrives: the engine hands on JSON.
  return plugin().spec.narrow?.(JSON.parse(JSON.stringify(own?.params)) as JsonValue, WEB) ?? false;
}

function paramsOf(narrowed: NarrowedAtom | false): NarrowedAtom["params"] {
  if (narrowed === false) throw new Error("the atom is not for the project");
  return narrowed.params;
}

type Template = CommandAtom<unknown, null>;

function template(): Template {
  const { templates }: PluginSpec = plugin().spec;
  return templates?.["command"] as unknown as Template;
}

function contextOf(atom: Setting, globalInputs: readonly string[] = []): Parameters<Template["command"]>[0] {
  const tool = {
    name: "command",
    version: "",
    advisory: false,
    detected: [],
    argv: ["{tool}"],
    origin: "test",
  } as const;
  const params = paramsOf(narrowedTo(atom, globalInputs));
  return { options: null, facts: null, project: WEB, upstream: [], params, tool, out: ".symbiotic/out/x" };
}

function inputs(atom: Setting, globalInputs: readonly string[] = []): ReturnType<Template["inputs"]> {
  return template().inputs(contextOf(atom, globalInputs));
}

function start(atom: Setting): ReturnType<Template["command"]> {
  return template().command(contextOf(atom));
}
