import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findingsOf, onDisk, pythonProgram, validate, type OnDisk } from "../../../../test/support/validators.ts";
import { dbt } from "../../src/index.ts";

const PYTHON = pythonProgram("dbt", "python");
const RUN = { atom: "dbt", programs: { "{python}": PYTHON } };

const SHOP = {
  "dbt_project.yml": "name: shop\nversion: '1.0'\nprofile: shop\n",
  "profiles.yml":
    "shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: \"{{ env_var('DBT_FILE', 'shop.duckdb') }}\"}\n",
  "seeds/raw.csv": "id,name\n1,a\n2,\n2,c\n",
  "models/customers.sql": "select id, name from {{ ref('raw') }}\n",
};
const UNIQUE = "version: 2\nmodels:\n- name: customers\n  columns:\n  - name: id\n    tests: [unique, not_null]\n";

test("what is found is what dbt build says by hand", () => {
  using repository = onDisk({
    ...SHOP,
    "models/schema.yml": UNIQUE,
    "tests/names.sql": "select * from {{ ref('customers') }} where name is null\n",
    "models/broken.sql": "select nothing from {{ ref('raw') }}\n",
  });
  const found = findingsOf(validate(dbt(), repository, RUN));
  expect(found).toEqual(byHand(repository));
  expect(found).toEqual([
    "models/broken.sql:0 broken",
    "models/schema.yml:0 unique_customers_id",
    "tests/names.sql:0 names",
  ]);
});

test("a data project in a folder is built there, and is clean where all holds", () => {
  const moved = Object.entries(SHOP).map(([path, text]) => [`etl/${path}`, text] as const);
  using repository = onDisk(Object.fromEntries(moved));
  const outcome = validate(dbt(), repository, { ...RUN, env: { DBT_FILE: "../own.duckdb" } });
  expect(findingsOf(outcome)).toEqual([]);
  expect(outcome).toMatchObject({ value: { summary: "2 nodes, 0 tests" } });
  expect(existsSync(join(repository.root, "own.duckdb"))).toBe(true);
  expect(["target", "logs"].map((name) => existsSync(join(repository.root, "etl", name)))).toEqual([false, false]);
});

test("what the repository allows is no error", () => {
  using repository = onDisk({
    ...SHOP,
    "models/schema.yml": UNIQUE.replace("[unique, not_null]", "[{unique: {config: {severity: warn}}}]"),
  });
  const outcome = validate(dbt(), repository, RUN);
  expect(outcome).toMatchObject({
    value: { evidence: { findings: [{ rule: "unique_customers_id", level: "warning" }] } },
  });
});

test("with test nothing is built", () => {
  using repository = onDisk({ ...SHOP, "models/schema.yml": UNIQUE });
  findingsOf(validate(dbt(), repository, RUN));
  const outcome = validate(dbt({ command: "test" }), repository, RUN);
  expect(findingsOf(outcome)).toEqual(["models/schema.yml:0 unique_customers_id"]);
  const data = outcome.ok ? outcome.value.evidence.data : undefined;
  expect(Object.keys(data?.["verdicts"] ?? {}).map((id) => id.split(".")[0])).toEqual(["test", "test"]);
});

test("a model that dbt cannot read is a clear error", () => {
  using repository = onDisk({ ...SHOP, "models/wrong.sql": "select * from {{ ref('none') }}\n" });
  expect(validate(dbt(), repository, RUN)).toMatchObject({
    ok: false,
    error: {
      code: "SYM4461",
      message: expect.stringMatching(/^dbt stopped with exit code 2: error: Compilation Error: .*named 'none'/),
      hint: expect.any(String),
    },
  });
});

/** dbt tells of each in a line of its own: `Failure in test names (tests/names.sql)`. */
function byHand({ root }: OnDisk): string[] {
  const args = ["build", "--profiles-dir", ".", "--no-use-colors", "--no-send-anonymous-usage-stats"];
  const { stdout } = spawnSync(join(dirname(PYTHON), "dbt"), args, { cwd: root, encoding: "utf8" });
  const told = stdout.matchAll(/(?:Failure|Warning) in \w+ (\S+) \((\S+)\)/g);
  return [...told].map(([, name = "", path = ""]) => `${path}:0 ${name}`).sort();
}
