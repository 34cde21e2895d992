import { expect, test } from "vitest";
import type { CliCommand } from "./command.ts";
import { parseArguments } from "./parse-arguments.ts";

const command: CliCommand = {
  name: "run",
  summary: "run",
  usage: "<target...>",
  positionals: { least: 1, most: 2, what: "at least one target" },
  rest: true,
  options: {
    affected: { kind: "flag", describe: "" },
    base: { kind: "value", value: "<ref>", describe: "" },
    filter: { kind: "list", value: "<project>", describe: "" },
    mode: { kind: "optional", whenBare: "text", oneOf: ["text", "json"], describe: "" },
    concurrency: { kind: "value", short: "c", count: true, describe: "" },
  },
  examples: [],
  run: () => Promise.resolve({ ok: true, value: { exitCode: 0 } }),
};

test("flags, values, lists and positionals in any order; what stands behind -- is left alone", () => {
  const parsed = parseArguments(command, [
    "gates",
    "--filter",
    "a",
    "--affected",
    "--base=v1",
    "--filter=b",
    "test",
    "-c",
    "3",
    "--mode",
    "--",
    "--filter",
    "-k",
  ]);
  expect(parsed).toEqual({
    ok: true,
    value: {
      positionals: ["gates", "test"],
      flags: new Set(["affected"]),
      values: new Map([
        ["base", "v1"],
        ["concurrency", "3"],
        ["mode", "text"],
      ]),
      lists: new Map([["filter", ["a", "b"]]]),
      rest: ["--filter", "-k"],
    },
  });
});

test("the value of an optional one is never the next argument", () => {
  const parsed = parseArguments(command, ["--mode", "gates"]);
  expect(parsed.ok && [parsed.value.positionals, parsed.value.values.get("mode")]).toEqual([["gates"], "text"]);
});

test.each([
  [[], ["SYM2006 `symbiotic run` needs at least one target"]],
  [["a", "b", "c"], ["SYM2006 `symbiotic run` takes at least one target, got `c` as well"]],
  [["a", "--afected"], ["SYM2004 `symbiotic run` has no --afected"]],
  [["a", "-x"], ["SYM2004 `symbiotic run` has no -x"]],
  [["a", "--affected=yes"], ["SYM2005 --affected takes no value, got `yes`"]],
  [["a", "--base"], ["SYM2005 --base needs a value: --base <ref>"]],
  [["a", "--mode=xml"], ["SYM2005 --mode is `xml`: one of text, json is expected"]],
  [["a", "--concurrency", "0"], ["SYM2005 --concurrency is `0`: a whole number from 1 is expected"]],
  [
    ["--nope", "--concurrency", "x"],
    [
      "SYM2004 `symbiotic run` has no --nope",
      "SYM2005 --concurrency is `x`: a whole number from 1 is expected",
      "SYM2006 `symbiotic run` needs at least one target",
    ],
  ],
])("%j is refused, everything that is wrong at once", (argv, expected) => {
  const parsed = parseArguments(command, argv);
  expect(parsed.ok ? [] : parsed.error.map(({ code, message }) => `${code} ${message}`)).toEqual(expected);
});

test("whoever asks for help need not get the rest right", () => {
  expect(parseArguments(command, ["--help"])).toMatchObject({ ok: true });
});

test("a command that takes nothing behind -- says so", () => {
  expect(parseArguments({ ...command, rest: false }, ["a", "--", "b"])).toMatchObject({
    ok: false,
    error: [{ code: "SYM2006" }],
  });
});
