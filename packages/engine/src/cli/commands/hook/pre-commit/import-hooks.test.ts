import { expect, test } from "vitest";
import { importHooks } from "./import-hooks.ts";
import { readHooks } from "./read-hooks.ts";

function imported(hooks: string, before = ""): ReturnType<typeof importHooks> {
  const read = readHooks(`${before}repos:\n- repo: local\n  hooks:\n${hooks}`, "x.yaml");
  if (!read.ok) throw new Error(read.error.map(({ message }) => message).join("\n"));
  return importHooks(read.value);
}

const COMMON = { only: ["."], targets: ["gates"] };

test.each<[what: string, hook: string, atom: object, notes: readonly string[]]>([
  [
    "a command that takes no names",
    "{id: check-all, name: check all, entry: make check, language: system, pass_filenames: false}",
    { describe: "check all", command: ["make", "check"], ...COMMON },
    [],
  ],
  [
    "a command over the files of a type",
    "{id: x, entry: tools/check --strict, language: script, types: [python], args: ['a b']}",
    {
      describe: "x",
      command: "git ls-files -z -- ':(glob)**/*.py' ':(glob)**/*.pyi' | xargs -0 -r tools/check --strict 'a b'",
      inputs: ["/**/*.py", "/**/*.pyi"],
      ...COMMON,
    },
    [],
  ],
  [
    "files and exclude",
    "{id: x, entry: check, language: script, files: ^src/, exclude: \\.min\\.js$, types: [javascript]}",
    {
      describe: "x",
      command:
        "git ls-files -z -- ':(glob)src/**/*.js' ':(glob)src/**/*.mjs' ':(glob)src/**/*.cjs' ':(exclude,glob)**/*.min.js' | xargs -0 -r ./check",
      inputs: ["/src/**/*.js", "/src/**/*.mjs", "/src/**/*.cjs", "!/**/*.min.js"],
      ...COMMON,
    },
    [],
  ],
  [
    "types that are left out, and patterns that globs cannot say",
    "{id: x, entry: check, language: system, files: '^(?!a)', exclude_types: [markdown, shell], pass_filenames: false}",
    { describe: "x", command: ["check"], inputs: ["/**", "!/**/*.md", "!/**/*.markdown"], ...COMMON },
    ["files, exclude_types cannot be written as globs: more files count than before"],
  ],
  [
    "a hook with an environment of its own",
    "{id: x, entry: mypy, language: python, additional_dependencies: [types-x, mypy==1.8], always_run: true}",
    { describe: "x", command: "git ls-files -z -- ':(glob)**' | xargs -0 -r mypy", ...COMMON },
    [
      "pre-commit makes a python environment for it; here it is the project's own",
      "install what pre-commit installed for it: types-x mypy==1.8",
      "always_run: every file counts; say `cache: false` if it must run although none changed",
    ],
  ],
  [
    "a hook that runs only when it is asked for",
    "{id: x, entry: slow, language: system, stages: [manual], pass_filenames: false}",
    { describe: "x", command: ["slow"], only: ["."] },
    [],
  ],
])("%s is an atom", (_what, hook, atom, notes) => {
  const { atoms, notes: told } = imported(`  - ${hook}\n`);
  expect(atoms.map((each) => each.atom)).toEqual([atom]);
  expect(told.map(({ became, message }) => [became, message])).toEqual(notes.map((note) => ["atom", note]));
});

test.each<[hook: string, why: string]>([
  ["{id: x, entry: TODO, language: pygrep}", "it is a pattern that pre-commit looks for itself, and no command"],
  ["{id: x, entry: no, language: fail}", "it is a list of files that may not exist, and no command"],
  ["{id: x, entry: img, language: docker_image}", "it runs in a container, which an atom does not"],
  ["{id: x, language: system}", "it has no `entry`"],
  ['{id: x, entry: "a \'b", language: system}', "its `entry` has a quote without an end"],
  [
    "{id: x, entry: a, language: system, stages: [commit-msg]}",
    "it is for commit-msg, where git asks about something else than files",
  ],
])("%s is told to be none", (hook, why) => {
  expect(imported(`  - ${hook}\n`)).toEqual({
    atoms: [],
    notes: [{ hook: "x", line: 4, became: "nothing", message: `not imported: ${why}` }],
  });
});

test("stages of the whole file hold where a hook says nothing", () => {
  const hooks =
    "  - {id: x, entry: a, language: system}\n  - {id: y, entry: b, language: system, stages: [pre-push]}\n";
  expect(imported(hooks, "default_stages: [commit-msg]\n").atoms.map(({ id }) => id)).toEqual(["y"]);
});

test("ids are made fit for atoms, and stand once", () => {
  const hooks = ["my-Check", "my.check", "1st", "--"].map((id) => `  - {id: '${id}', entry: a, language: system}\n`);
  expect(imported(hooks.join("")).atoms.map(({ id }) => id)).toEqual(["my_check", "my_check_2", "st", "hook"]);
});

test("each hook of somebody else's repository is told by its name and line", () => {
  const read = readHooks(
    "repos:\n- repo: https://example.org/a\n  rev: v1\n  hooks:\n  - id: one\n- repo: meta\n  hooks: [{id: identity}]\n",
    "x.yaml",
  );
  expect(read.ok && importHooks(read.value).notes).toEqual([
    {
      ...{ hook: "one", line: 5, became: "nothing" },
      message: "not imported: no plugin does what https://example.org/a does; what it runs can be a command atom",
    },
    {
      hook: "identity",
      line: 7,
      became: "nothing",
      message: "not imported: it checks the configuration of pre-commit itself",
    },
  ]);
});
