import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import { python } from "../../../test/support/validators.ts";
import { dbt } from "./index.ts";

const FILES = { "dbt_project.yml": "", "profiles.yml": "", "models/a.sql": "" };
const OUT = ".symbiotic/out/app~3arun_dbt";
const QUIET = ["--no-use-colors", "--no-send-anonymous-usage-stats", "--no-version-check"];

test("a project without a data project has nothing to build", () => {
  expect(testPlugin(dbt(), { files: { "a.py": "" } }).atom("dbt").applies).toBe(false);
  expect(testPlugin(dbt(), { files: FILES }).atom("dbt").applies).toBe(true);
});

test("without a profile of its own a data project is not built in a user's warehouse", () => {
  const files = { "data/dbt_project.yml": "", "profiles.yml": "" };
  expect(testPlugin(dbt(), { files }).atom("dbt").applies).toEqual({
    skipped: "there is no profiles.yml beside data/dbt_project.yml",
  });
});

test("dbt runs in the folder of the data project, and writes to the task's own", () => {
  const { argv, cwd } = testPlugin(dbt({ args: ["--select", "a"] }), { files: FILES })
    .atom("dbt")
    .command();
  const places = ["--project-dir", ".", "--profiles-dir", ".", "--target-path", OUT, "--log-path", OUT];
  expect(argv).toEqual(["{python}", "-m", "dbt.cli.main", "build", "--select", "a", ...places, ...QUIET]);
  expect(cwd).toBe(".");
});

test("the data project that is least deep is the one, and those of packages are none", () => {
  const files = {
    "pyproject.toml": '[project]\nname = "app"\n',
    "dbt_packages/utils/dbt_project.yml": "",
    "etl/sub/x/dbt_project.yml": "",
    "etl/dbt_project.yml": "",
    "etl/profiles.yml": "",
  };
  const kit = testPlugin(dbt({ command: "test" }), { files, beside: [python()] });
  expect(kit.facts()).toEqual({ folder: "etl", hasProfiles: true });
  const { argv, cwd } = kit.atom("dbt").command();
  expect(cwd).toBe("etl");
  expect(argv).toContain("test");
  expect(argv).toContain(`../${OUT}`);
});

test("all files and the variables of the profile are inputs", () => {
  const atom = testPlugin(dbt({ variables: ["WAREHOUSE_PASSWORD"] }), { files: FILES }).atom("dbt");
  expect(atom.inputFiles).toEqual(Object.keys(FILES).sort());
  expect(atom.inputs.variables).toEqual(["DBT_*", "WAREHOUSE_PASSWORD"]);
});

test("the gate is required where there is a data project", () => {
  const settled = { status: "ok", summary: "ok", evidence: { tool: "dbt", findings: [] } } as const;
  const decided = testPlugin(dbt(), { files: FILES }).gate("dbt_clean").decide({ run_dbt: settled });
  expect(decided).toMatchObject({ required: true, verdict: "pass" });
});

test("a wrong option is refused by name", () => {
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(dbt({ command: "run" }))).toThrow("options.command");
  // @ts-expect-error the types refuse it too
  expect(() => testPlugin(dbt({ target: "dev" }))).toThrow("SYM1203 options.target is not an option");
});
