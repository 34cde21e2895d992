import { fail, type Applies, type Command, type CommandContext, type Context } from "@symbiotic-build/engine";
import { seenFrom, type Validator } from "@symbiotic-build/validator";
import type { DbtFacts } from "./facts.ts";
import type { DbtOptions } from "./options.ts";
import { refused } from "./refused.ts";
import { readReport } from "./report.ts";

/** Builds and tests models with dbt, in the warehouse that the project's own profile names. */
export const dbt: Validator<DbtOptions, DbtFacts> = {
  tool: "dbt",
  atom: "run_dbt",
  alias: "dbt",
  title: "dbt",
  describe: "Build and test data models with dbt",
  lane: "behaviour",
  applies: appliesTo,
  tools: () => [
    {
      name: "dbt",
      kind: "python-module",
      module: "dbt.cli.main",
      distribution: "dbt-core",
      install: { registry: "pypi", package: "dbt-core", version: "1.10.23" },
    },
  ],
  inputs: ({ options }) => ({ files: ["**/*"], variables: ["DBT_*", ...options.variables] }),
  cache: "asks a warehouse",
  // Where `target` and packages are by default; the first is moved into the task's folder.
  scratch: ({ facts, project }) =>
    ["dbt_packages", "logs"].map((name) => seenFrom(project.root, `${facts.folder ?? "."}/${name}`)),
  resources: ({ facts }) => ({ mutex: [`dbt ${facts.folder ?? ""}`] }),
  command: commandOf,
  reads: ["run_results.json", "manifest.json"],
  // With 2 it has no results; it says why on standard output.
  finished: [0, 1, 2],
  report(result, { facts }) {
    if (result.exitCode === 2) return fail(refused(result));
    const { "run_results.json": results = "", "manifest.json": manifest = "" } = result.files;
    return readReport({ results, manifest }, facts.folder ?? ".");
  },
  gate: {
    id: "dbt_clean",
    title: "dbt clean",
    describe: "No more models and tests of dbt fail or warn than is allowed",
    required: ({ facts }) => facts.folder !== null,
  },
};

function appliesTo({ facts }: Context<DbtOptions, DbtFacts>): Applies {
  if (facts.folder === null) return false;
  return facts.hasProfiles || { skipped: `there is no profiles.yml beside ${facts.folder}/dbt_project.yml` };
}

function commandOf({ facts, options, out, tool }: CommandContext<DbtOptions, DbtFacts>): Command {
  const folder = facts.folder ?? ".";
  const own = seenFrom(folder, out);
  return {
    argv: [
      ...tool.argv,
      options.command,
      ...options.args,
      ...["--project-dir", ".", "--profiles-dir", ".", "--target-path", own, "--log-path", own],
      ...["--no-use-colors", "--no-send-anonymous-usage-stats", "--no-version-check"],
    ],
    cwd: folder,
  };
}
