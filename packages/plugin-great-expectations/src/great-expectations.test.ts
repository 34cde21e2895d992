import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { python } from "../../../test/support/validators.ts";
import { greatExpectations } from "./index.ts";
import { PROGRAM } from "./program.ts";

const FILES = { "gx/great_expectations.yml": "", "gx/expectations/a.json": "", "data.csv": "", "other.json": "" };
const REPORT = ".symbiotic/out/app~3arun_great_expectations/report.json";

test("a project without a data context has nothing to ask", () => {
  const atom = testPlugin(greatExpectations(), { files: { "a.py": "" } }).atom("great-expectations");
  expect(atom.applies).toBe(false);
});

test("a program of this package asks the checkpoints, in the folder above the data context", () => {
  const kit = testPlugin(greatExpectations({ checkpoints: ["daily"] }), { files: FILES });
  expect(kit.facts()).toEqual({ folder: "gx", suites: ["gx/expectations/a.json"] });
  const { argv, cwd, env, stdin } = kit.atom("great-expectations").command();
  expect(argv).toEqual(["{python}", "-", "gx", REPORT, "daily"]);
  expect({ cwd, env }).toEqual({ cwd: ".", env: { GX_ANALYTICS_ENABLED: "false" } });
  expect(stdin).toBe(PROGRAM);
});

test("of several data contexts the one that is least deep is asked", () => {
  const files = {
    "pyproject.toml": '[project]\nname = "app"\n',
    "etl/sub/gx/great_expectations.yml": "",
    "etl/gx/great_expectations.yml": "",
  };
  const { argv, cwd } = testPlugin(greatExpectations(), { files, beside: [python()] })
    .atom("great-expectations")
    .command();
  expect(argv).toEqual(["{python}", "-", "gx", `../${REPORT}`]);
  expect(cwd).toBe("etl");
});

test("all files and the variables of the data context are inputs", () => {
  const atom = testPlugin(greatExpectations({ variables: ["DATABASE_URL"] }), { files: FILES }).atom(
    "great-expectations",
  );
  expect(atom.inputFiles).toEqual(Object.keys(FILES).sort());
  expect(atom.inputs.variables).toEqual(["DATABASE_URL"]);
});

test("the gate is required where there is a data context", () => {
  const evidence = { tool: "great-expectations", findings: [] };
  const decided = testPlugin(greatExpectations(), { files: FILES })
    .gate("great_expectations_clean")
    .decide({ run_great_expectations: { status: "ok", summary: "ok", evidence } });
  expect(decided).toMatchObject({ required: true, verdict: "pass" });
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(greatExpectations({ args: [] }))).toThrow("SYM1203 options.args is not an option");
});
