import { ok, type Applies } from "@symbiotic-build/engine";
import type { Validator } from "@symbiotic-build/validator";
import { ENVIRONMENT, excluded } from "./arguments.ts";
import type { BlackFacts } from "./facts.ts";
import type { BlackOptions } from "./options.ts";
import { readReport } from "./report.ts";
import { ownOf, shared } from "./shared.ts";

/** Checks a project's formatting with black, and changes nothing. */
export const black: Validator<BlackOptions, BlackFacts> = {
  tool: "black",
  atom: "run_black_check",
  alias: "black",
  title: "black",
  describe: "Check the formatting of Python with black --check",
  implements: ["032"],
  lane: "format",
  applies: ({ facts }) => applies(facts),
  tools: () => [
    {
      name: "black",
      kind: "python-module",
      module: "black",
      distribution: "black",
      install: { registry: "pypi", package: "black", version: "26.10.1" },
    },
  ],
  inputs: ({ facts }) => ({
    files: [...(facts.includes ? ["**/*"] : ["**/*.py", "**/*.pyi", "**/*.ipynb"]), "**/.gitignore"],
    configs: ["pyproject.toml", ".gitignore"],
    variables: ["BLACK_CACHE_DIR"],
  }),
  command: (context) => ({
    argv: [...context.tool.argv, ...context.options.args, "--check", ...excluded([context]), "."],
    env: ENVIRONMENT,
  }),
  finished: [0, 1, 123],
  report(result, context) {
    const findings = readReport(result, { tool: "black", folder: context.project.root });
    return findings.ok ? ok(ownOf(findings.value, context)) : findings;
  },
  shared,
  gate: {
    id: "black_clean",
    title: "black clean",
    describe: "Black would reformat no more files than are allowed",
    required: ({ facts }) => facts.formatter === "black",
    unit: "file",
  },
};

function applies({ files, includes, formatter }: BlackFacts): Applies {
  if (formatter === null || (files.length === 0 && !includes)) return false;
  return formatter === "black" || { skipped: "the repository formats with ruff" };
}
