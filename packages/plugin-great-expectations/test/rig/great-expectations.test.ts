import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findingsOf, onDisk, pythonProgram, validate, type OnDisk } from "../../../../test/support/validators.ts";
import { greatExpectations } from "../../src/index.ts";

const PYTHON = pythonProgram("great-expectations", "python");
const RUN = { atom: "great-expectations", programs: { "{python}": PYTHON } };
const SUITE = "gx/expectations/people.json";

test("what is found is what the checkpoints say by hand", () => {
  using repository = onDisk(context("id,name\n1,a\n2,\n2,c\n"));
  const outcome = validate(greatExpectations(), repository, RUN);
  expect(findingsOf(outcome)).toEqual([
    `${SUITE}:4 expect_column_values_to_not_be_null`,
    `${SUITE}:5 expect_column_values_to_be_unique`,
  ]);
  const rules = outcome.ok ? (outcome.value.evidence.findings ?? []).map(({ rule }) => rule) : [];
  expect([...rules].sort()).toEqual(byHand(repository));
});

test("no value of the data is in what is told", () => {
  const files = context("id,name\nsecret-value,a\nsecret-value,\n");
  const seen = expectation("e20e4e79-78e9-4376-acea-f24f75696a59", "expect_column_most_common_value_to_be_in_set", {
    ...{ column: "id", value_set: ["x"] },
  });
  using repository = onDisk({ ...files, [SUITE]: (files[SUITE] ?? "").replace("\n]}", `,\n${seen}]}`) });
  const outcome = validate(greatExpectations(), repository, RUN);
  expect(findingsOf(outcome)).toHaveLength(3);
  expect(JSON.stringify(outcome)).not.toContain("secret-value");
});

test("data that is as expected is clean", () => {
  using repository = onDisk(context("id,name\n1,a\n2,b\n"));
  const outcome = validate(greatExpectations({ checkpoints: ["daily"] }), repository, RUN);
  expect(findingsOf(outcome)).toEqual([]);
  expect(outcome).toMatchObject({ value: { summary: "3 expectations" } });
});

test("the severity that a suite gives an expectation counts", () => {
  const files = context("id,name\n1,a\n2,\n");
  using repository = onDisk({ ...files, [SUITE]: (files[SUITE] ?? "").replaceAll("critical", "warning") });
  expect(validate(greatExpectations(), repository, RUN)).toMatchObject({
    value: { evidence: { findings: [{ rule: "expect_column_values_to_not_be_null", level: "warning" }] } },
  });
});

test("the actions of a checkpoint are not run", () => {
  const checkpoint = { ...CHECKPOINT, actions: [{ name: "docs", type: "update_data_docs", site_names: [] }] };
  using repository = onDisk({ ...context("id,name\n1,a\n"), "gx/checkpoints/daily.json": JSON.stringify(checkpoint) });
  const docs = join(repository.root, "gx", "uncommitted/docs/index.html");
  expect(findingsOf(validate(greatExpectations(), repository, RUN))).toEqual([]);
  expect(existsSync(docs)).toBe(false);
  byHand(repository);
  expect(existsSync(docs)).toBe(true);
});

test("without a checkpoint all validations are asked", () => {
  const { "gx/checkpoints/daily.json": checkpoint, ...files } = context("id,name\n1,a\n2,\n");
  expect(checkpoint).toBeDefined();
  using repository = onDisk(files);
  expect(findingsOf(validate(greatExpectations(), repository, RUN))).toEqual([
    `${SUITE}:4 expect_column_values_to_not_be_null`,
  ]);
});

test("a data context of release 0 is told of in a sentence", () => {
  using repository = onDisk({ ...context("id,name\n1,a\n"), "gx/great_expectations.yml": "config_version: 3.0\n" });
  expect(validate(greatExpectations(), repository, RUN)).toMatchObject({
    error: { code: "SYM4461", message: expect.stringContaining("(config_version 3), releases from 1.0 on are used") },
  });
});

test("a dataframe, which only a program has, is told of in a sentence", () => {
  const files = context("id,name\n1,a\n");
  const batch = { id: IDS.batch, partitioner: null };
  const asset = { type: "dataframe", id: IDS.asset, batch_definitions: { whole: batch } };
  const sources = { files: { type: "pandas", id: IDS.source, assets: { people: asset } } };
  const settings: object = JSON.parse(files["gx/great_expectations.yml"] ?? "{}") as object;
  const whole = JSON.stringify({ ...settings, fluent_datasources: sources });
  using repository = onDisk({ ...files, "gx/great_expectations.yml": whole });
  expect(validate(greatExpectations(), repository, RUN)).toMatchObject({
    error: { code: "SYM4461", message: expect.stringContaining("the validation all is of a dataframe") },
  });
});

test.each([
  ["a checkpoint that is not there", {}, ["weekly"], "weekly"],
  ["settings that are no YAML", { "gx/great_expectations.yml": "stores: [" }, [], "great-expectations stopped"],
  ["data that is not there", { "data/people.csv": undefined }, [], "great-expectations stopped"],
])("%s is a clear error", (_, more: Readonly<Record<string, string | undefined>>, checkpoints, said) => {
  const files = Object.entries({ ...context("id,name\n1,a\n"), ...more });
  using repository = onDisk(
    Object.fromEntries(files.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))),
  );
  expect(validate(greatExpectations({ checkpoints }), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining(said), hint: expect.any(String) },
  });
});

/** As a person asks: each checkpoint is run, and what does not hold is told. */
function byHand({ root }: OnDisk): string[] {
  const program = [
    "import great_expectations as gx, json",
    "results = [c.run() for c in gx.get_context(mode='file', project_root_dir='.').checkpoints.all()]",
    "each = [e for r in results for v in r.run_results.values() for e in v.results]",
    "print('RULES' + json.dumps(sorted(e.expectation_config.type for e in each if not e.success)))",
  ].join("\n");
  const env = { PATH: process.env["PATH"] ?? "", HOME: root, GX_ANALYTICS_ENABLED: "false" };
  const { stdout } = spawnSync(PYTHON, ["-c", program], { cwd: root, env, encoding: "utf8" });
  return JSON.parse(/RULES(.*)/.exec(stdout)?.[1] ?? "null") as string[];
}

const IDS = {
  asset: "1b520ea4-14bd-4744-9fdc-31a912e5aadf",
  batch: "9c8a39b8-a096-48a6-a94e-2e09e597933a",
  checkpoint: "68de4673-fbf5-4169-bf6c-0966c4527043",
  context: "8258b332-b81e-4f9f-ae48-9207bd8c5f3d",
  source: "86cdab48-d27d-44a7-bc39-f76fc55a4fc2",
  suite: "d0352e64-e05b-425e-b508-1077dbdb7c88",
  validation: "afde3133-d28f-41d7-865b-363b1c9cd3cd",
};

const CHECKPOINT = {
  ...{ id: IDS.checkpoint, name: "daily", actions: [], result_format: "SUMMARY" },
  validation_definitions: [{ id: IDS.validation, name: "all" }],
};

const INDEX = { class_name: "DefaultSiteIndexBuilder" };

function expectation(id: string, type: string, kwargs: object): string {
  return JSON.stringify({ id, type, kwargs, meta: {}, severity: "critical" });
}

/** A data context over one file, with one suite of three expectations and one checkpoint. */
function context(data: string): Record<string, string> {
  const store = (folder: string, name: string): object => ({
    class_name: name,
    store_backend: { class_name: "TupleFilesystemStoreBackend", base_directory: `${folder}/` },
  });
  const batch = { id: IDS.batch, partitioner: { regex: "people.csv$", param_names: [] } };
  const asset = { type: "csv", id: IDS.asset, batch_definitions: { whole: batch } };
  const settings = {
    config_version: 4,
    data_context_id: IDS.context,
    analytics_enabled: false,
    stores: {
      expectations_store: store("expectations", "ExpectationsStore"),
      validation_results_store: store("uncommitted/validations", "ValidationResultsStore"),
      checkpoint_store: store("checkpoints", "CheckpointStore"),
      validation_definition_store: store("validation_definitions", "ValidationDefinitionStore"),
    },
    expectations_store_name: "expectations_store",
    validation_results_store_name: "validation_results_store",
    checkpoint_store_name: "checkpoint_store",
    data_docs_sites: { local: { ...store("uncommitted/docs", "SiteBuilder"), site_index_builder: INDEX } },
    fluent_datasources: {
      files: { type: "pandas_filesystem", id: IDS.source, base_directory: "data", assets: { people: asset } },
    },
  };
  const suite = [
    "{",
    `"id": "${IDS.suite}", "name": "people", "meta": {}, "notes": null,`,
    '"expectations": [',
    `${expectation("cfd6676b-0a52-4e9d-9dc1-9c0d1f059944", "expect_column_values_to_not_be_null", { column: "name" })},`,
    `${expectation("91d3b72b-bb46-408b-bbee-c4bb2daac5b0", "expect_column_values_to_be_unique", { column: "id" })},`,
    expectation("cd085885-9453-42d3-8e44-b65507a54e4a", "expect_table_row_count_to_be_between", { min_value: 1 }),
    "]}",
  ];
  const of = { name: "people", id: IDS.asset };
  const validation = {
    ...{ id: IDS.validation, name: "all", suite: { id: IDS.suite, name: "people" } },
    data: {
      asset: of,
      batch_definition: { id: IDS.batch, name: "whole" },
      datasource: { id: IDS.source, name: "files" },
    },
  };
  return {
    "data/people.csv": data,
    "gx/great_expectations.yml": JSON.stringify(settings),
    [SUITE]: suite.join("\n"),
    "gx/validation_definitions/all.json": JSON.stringify(validation),
    "gx/checkpoints/daily.json": JSON.stringify(CHECKPOINT),
  };
}
