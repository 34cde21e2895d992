import {
  ok,
  type Applies,
  type Batched,
  type Command,
  type CommandContext,
  type Context,
  type Finding,
  type Inputs,
} from "@symbiotic-build/engine";
import {
  count,
  foreignFolders,
  holdsOthers,
  NODE_VARIABLES,
  packageInputs,
  seenFrom,
  type Report,
  type Validator,
} from "@symbiotic-build/validator";
import type { PrettierFacts } from "./facts.ts";
import type { PrettierOptions } from "./options.ts";
import { readReport } from "./report.ts";
import { CONFIGS, FORMATTED } from "./settings.ts";

type Seen = Context<PrettierOptions, PrettierFacts>;

/** Checks that a project's files are as Prettier would write them, and changes nothing. */
export const prettier: Validator<PrettierOptions, PrettierFacts> = {
  tool: "prettier",
  atom: "run_prettier_check",
  alias: "prettier",
  title: "prettier",
  describe: "Check the formatting of files with Prettier",
  lane: "format",
  applies,
  tools: () => [
    {
      name: "prettier",
      kind: "node-package",
      package: "prettier",
      bin: "prettier",
      install: { registry: "npm", package: "prettier", version: "3.10.1" },
    },
  ],
  inputs,
  command: (context) => commandOf([context]),
  // 1 and 2 stand both for findings and for settings that it cannot use: what it wrote tells them apart.
  finished: [0, 1, 2],
  report(result, context) {
    const { facts } = context;
    const findings = readReport(result, { folder: facts.start, files: new Set(facts.files) });
    return findings.ok ? ok(reportOf(findings.value, context)) : findings;
  },
  shared: {
    key,
    command: commandOf,
    findings(result, contexts) {
      const files = new Set(contexts.flatMap(({ facts }) => facts.files));
      return readReport(result, { folder: contexts[0].facts.start, files });
    },
    report: reportOf,
  },
  gate: {
    id: "prettier_clean",
    title: "prettier clean",
    describe: "No more files than are allowed differ from what Prettier would write",
    required: ({ facts }) => facts.isUsed,
    unit: "file",
  },
};

function applies({ facts }: Seen): Applies {
  if (facts.files.length === 0) return false;
  return facts.isUsed || { skipped: "the repository does not format with Prettier" };
}

/** Of the files below the project's folder, settings and ignore files are inputs too: Prettier reads those beside each file. */
function inputs({ facts, project }: Seen): Inputs {
  const { configs, resolved } = packageInputs(project, facts.config);
  const ignores = [".prettierignore", ".gitignore", ".editorconfig"];
  return {
    files: [...FORMATTED, ...ignores.map((name) => `**/${name}`)],
    configs: [...CONFIGS, "package.json", "package.yaml", ...ignores, ...configs],
    literal: facts.imports,
    variables: NODE_VARIABLES,
    resolved,
  };
}

type PrettierContext = CommandContext<PrettierOptions, PrettierFacts>;

/** Together are those that Prettier is started in the same folder for. Settings it looks up for each file. */
function key({ facts, options, project }: PrettierContext): string | undefined {
  const isAlone = holdsOthers(project) || options.args.length > 0;
  return isAlone ? undefined : JSON.stringify([facts.start]);
}

function commandOf(contexts: Batched<PrettierOptions, PrettierFacts>): Command {
  const [{ tool, facts, options }] = contexts;
  const here = (path: string): string => seenFrom(facts.start, path);
  const foreign = contexts.flatMap(({ project }) => [
    ...foreignFolders(project),
    ...(project.root === "." ? [".symbiotic"] : []),
  ]);
  return {
    argv: [
      ...tool.argv,
      ...contexts.map(({ project }) => here(project.root)),
      ...foreign.map((folder) => `!${here(folder)}/**`),
      ...["--list-different", "--no-color"],
      ...options.args,
    ],
    cwd: facts.start,
    stdout: "data",
  };
}

function reportOf(findings: readonly Finding[], { project }: PrettierContext): Report {
  const isOwn = (file: string): boolean => !project.nested.some((folder) => file.startsWith(`${folder}/`));
  const files = new Set(findings.map(({ file }) => file).filter(isOwn)).size;
  return { findings, ...(files === 0 ? {} : { summary: count(files, "file") }) };
}
