import { expect, test } from "vitest";
import { readHooks } from "./read-hooks.ts";

const FILE = ".pre-commit-config.yaml";

function problems(text: string): readonly string[] {
  const read = readHooks(text, FILE);
  if (read.ok) throw new Error("it was read");
  return read.error.map(({ code, message, location }) => {
    return `${code} ${location?.file ?? ""}:${String(location?.line)}:${String(location?.column)} ${message}`;
  });
}

test("hooks are read with their place, and with what pre-commit takes where nothing is said", () => {
  expect(readHooks("repos:\n- repo: local\n  hooks:\n  - id: a\n    args: [1, x]\n", FILE)).toEqual({
    ok: true,
    value: {
      files: undefined,
      exclude: undefined,
      defaultStages: undefined,
      hooks: [
        {
          ...{ id: "a", args: ["1", "x"], types: [], types_or: [], exclude_types: [], additional_dependencies: [] },
          ...{ pass_filenames: true, always_run: false, repo: "local", line: 4 },
        },
      ],
    },
  });
});

test("yes and no are what pre-commit's reader takes them for, anchors are followed, and the last of two equal keys counts", () => {
  const text =
    "repos:\n- repo: local\n  hooks:\n  - {id: a, pass_filenames: yes, pass_filenames: no, args: &x [y]}\n  - {id: b, args: *x}\n";
  const read = readHooks(text, FILE);
  expect(read.ok && read.value.hooks.map(({ id, args, pass_filenames: names }) => [id, args, names])).toEqual([
    ["a", ["y"], false],
    ["b", ["y"], true],
  ]);
});

test.each<[what: string, text: string, told: readonly string[]]>([
  ["an empty file", "", ["SYM2056 .pre-commit-config.yaml:1:1 the file must be a mapping"]],
  ["a list, as it was once", "- repo: local\n", ["SYM2056 .pre-commit-config.yaml:1:1 the file must be a mapping"]],
  ["no repos", "fail_fast: true\n", ["SYM2056 .pre-commit-config.yaml:1:1 repos is missing"]],
  [
    "a repository without an address and hooks",
    "repos:\n  - rev: v1\n",
    [
      "SYM2056 .pre-commit-config.yaml:2:5 repos[0].repo is missing",
      "SYM2056 .pre-commit-config.yaml:2:5 repos[0].hooks is missing",
    ],
  ],
  [
    "values of other kinds, all at once",
    "repos:\n  - repo: local\n    hooks:\n      - id: ''\n        entry: [a]\n      - id: b\n        always_run: 3\n",
    [
      "SYM2056 .pre-commit-config.yaml:4:13 repos[0].hooks[0].id is empty",
      "SYM2056 .pre-commit-config.yaml:5:16 repos[0].hooks[0].entry must be a text",
      "SYM2056 .pre-commit-config.yaml:7:21 repos[0].hooks[1].always_run must be true or false",
    ],
  ],
  [
    "an alias without an anchor",
    "repos: []\nfiles: *nothing\n",
    ["SYM2056 .pre-commit-config.yaml:2:8 there is no anchor &nothing before this"],
  ],
  ["a tab", "repos:\n\t- repo: local\n", ["SYM2056 .pre-commit-config.yaml:2:1 Tabs are not allowed as indentation"]],
])("%s is told with its place", (_what, text, told) => {
  expect(problems(text)).toEqual(told);
});
