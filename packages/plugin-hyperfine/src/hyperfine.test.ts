import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { python } from "../../../test/support/validators.ts";
import { hyperfine } from "./index.ts";

const FILES = {
  "pyproject.toml": '[project]\nname = "app"\ndependencies = ["lib"]\n',
  "a.py": "",
  "lib/pyproject.toml": '[project]\nname = "lib"\n',
  "lib/b.py": "",
};
const REPOSITORY = { files: FILES, beside: [python()] };
const START = { name: "start", command: "app --help" };
const REPORT = ".symbiotic/out/app~3arun_hyperfine/hyperfine.json";

test("a benchmark belongs to one project, the one at the root where none is named", () => {
  const kit = testPlugin(hyperfine({ benchmarks: [START] }), REPOSITORY);
  expect(kit.atom("hyperfine", "app").applies).toBe(true);
  expect(kit.atom("hyperfine", "lib").applies).toBe(false);
});

test("benchmarks are measured in the project's folder, in one process", () => {
  const benchmarks = [START, { name: "parse", command: "app parse 'a b'", prepare: "rm -f cache" }];
  const use = hyperfine({ args: ["--shell", "bash"], benchmarks, warmup: 1, runs: 5 });
  const { argv, cwd } = testPlugin(use, REPOSITORY).atom("hyperfine", "app").command();
  expect(cwd).toBeUndefined();
  expect(argv).toEqual([
    ...["{tool}", "--shell", "bash", "--style", "basic", "--ignore-failure", "--export-json", REPORT],
    ...["--warmup", "1", "--runs", "5"],
    ...["--command-name", "start", "--prepare", "exit 0"],
    ...["--command-name", "parse", "--prepare", "rm -f cache"],
    ...["--", "app --help", "app parse 'a b'"],
  ]);
});

test("in another project's folder the report is written to the task's own", () => {
  const use = hyperfine({ benchmarks: [{ ...START, project: "lib" }] });
  const { argv } = testPlugin(use, REPOSITORY).atom("hyperfine", "lib").command();
  expect(argv).toContain("../.symbiotic/out/lib~3arun_hyperfine/hyperfine.json");
  expect(argv).not.toContain("--runs");
});

test("a change of the project, or of one that it depends on, is one to measure", () => {
  const { inputs } = testPlugin(hyperfine({ benchmarks: [START] }), REPOSITORY).atom("hyperfine", "app");
  expect(inputs).toEqual({ files: ["**/*"], upstreamFiles: ["**/*"] });
});

test("a wrong option is refused by name", () => {
  expect(() => testPlugin(hyperfine({ benchmarks: [START, START] }))).toThrow("two benchmarks have one name");
  expect(() => testPlugin(hyperfine({ benchmarks: [START], runs: 1 }))).toThrow("options.runs");
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(hyperfine({ benchmarks: [{ ...START, cmd: "" }] }))).toThrow(
    "options.benchmarks[0].cmd is not an option",
  );
});
