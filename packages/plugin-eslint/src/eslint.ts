import {
  fail,
  ok,
  type Applies,
  type Command,
  type CommandContext,
  type Context,
  type Inputs,
} from "@symbiotic-build/engine";
import { foreignFolders, NODE_VARIABLES, packageInputs, seenFrom, type Validator } from "@symbiotic-build/validator";
import type { EslintFacts } from "./facts.ts";
import { gaveUp } from "./gave-up.ts";
import type { EslintOptions } from "./options.ts";
import { readReport } from "./report.ts";
import { FLAT, LEGACY, LINTED, NEIGHBOURS } from "./settings.ts";

type Seen = Context<EslintOptions, EslintFacts>;

/** Lints a project's JavaScript and TypeScript with ESLint, and changes nothing. */
export const eslint: Validator<EslintOptions, EslintFacts> = {
  tool: "eslint",
  atom: "run_eslint",
  alias: "eslint",
  title: "eslint",
  describe: "Lint JavaScript and TypeScript with ESLint",
  lane: "lint",
  applies,
  tools: () => [
    {
      name: "eslint",
      kind: "node-package",
      package: "eslint",
      bin: "eslint",
      install: { registry: "npm", package: "eslint", version: "10.15.0" },
    },
  ],
  inputs,
  command,
  finished: [0, 1, 2],
  report(result, { project, facts }) {
    if (result.exitCode === 2) return fail(gaveUp(result));
    const findings = readReport(result.stdout, { tool: "eslint", folder: project.root });
    if (!findings.ok) return findings;
    // ESLint walks the folder, files that git ignores included: nothing is said by what is no input.
    const own = new Set(facts.files);
    return ok({ findings: findings.value.filter(({ file }) => own.has(file)) });
  },
  gate: {
    id: "eslint_clean",
    title: "eslint clean",
    describe: "ESLint finds no more errors and warnings than are allowed",
    required: ({ facts }) => facts.isUsed,
  },
};

function applies({ facts, options }: Seen): Applies {
  if (!facts.hasCode) return false;
  const isNamed = options.args.some((word) => /^(?:-c|--config)(?:=|$)/.test(word));
  return facts.config !== null || isNamed || { skipped: "the repository has no settings for ESLint" };
}

/** Rules look into other files than the one they judge: types and imports of the projects that this one depends on count. */
function inputs({ facts, project }: Seen): Inputs {
  const { configs, resolved } = packageInputs(project, facts.config);
  return {
    files: [...LINTED, "**/.eslintrc", "**/.eslintignore", "**/.gitignore"],
    upstreamFiles: LINTED,
    configs: [...FLAT, ...LEGACY, ".eslintignore", "package.json", ...NEIGHBOURS, ...configs],
    literal: facts.imports,
    variables: [...NODE_VARIABLES, "ESLINT_USE_FLAT_CONFIG", "ESLINT_FLAGS"],
    resolved,
  };
}

function command({ tool, facts, options, project }: CommandContext<EslintOptions, EslintFacts>): Command {
  const here = (path: string): string => seenFrom(facts.start, path);
  const foreign = [...foreignFolders(project), ...(project.root === "." ? [".symbiotic"] : [])];
  return {
    argv: [
      ...tool.argv,
      here(project.root),
      ...["--format", "json-with-metadata", "--no-color"],
      // A project whose files are all ignored is clean.
      "--no-error-on-unmatched-pattern",
      // In this form it means the same to all releases.
      ...foreign.flatMap((folder) => ["--ignore-pattern", `${here(folder)}/**`]),
      ...options.args,
    ],
    cwd: facts.start,
    ...(facts.isLegacy && tool.version.startsWith("9.") ? { env: { ESLINT_USE_FLAT_CONFIG: "false" } } : {}),
    stdout: "data",
  };
}
