import { camel } from "./package-texts.ts";

/** Where a plugin's tool comes from. */
export type ToolKind = "program" | "python" | "node";

/** The code of a plugin, by path. */
export function sourceTexts(tool: string, kind: ToolKind): Readonly<Record<string, string>> {
  return {
    "src/index.ts": INDEX(tool),
    "src/options.ts": OPTIONS(tool),
    "src/facts.ts": FACTS(tool),
    "src/report.ts": REPORT(tool),
    [`src/${tool}.ts`]: VALIDATOR(tool, kind),
  };
}

const INDEX = (tool: string): string => `/** ${tool} as an atom and a gate. */
import { definePlugin } from "@symbiotic-build/engine";
import { validator } from "@symbiotic-build/validator";
import { inspect, type Facts } from "./facts.ts";
import { optionsSchema } from "./options.ts";
import { ${camel(tool)} as own } from "./${tool}.ts";

/** Runs ${tool} over each project. */
export const plugin = definePlugin<typeof optionsSchema, Facts>({
  api: 1,
  name: "${tool}",
  from: import.meta.url,
  options: optionsSchema,
  inspect,
  ...validator(own),
});

/** The same under the tool's name, for configurations. */
export const ${camel(tool)}: typeof plugin = plugin;
`;

const OPTIONS = (tool: string): string => `import { argsOption } from "@symbiotic-build/validator";
import { z } from "zod";

/** The options after parsing. */
export interface Options {
  /** Further arguments for ${tool}. */
  readonly args: string[];
}

/** Reads the options that a configuration gives. */
export const optionsSchema: z.ZodType<Options, { readonly args?: string[] | undefined } | undefined> = z
  .strictObject({ args: argsOption })
  .prefault({});
`;

const FACTS = (tool: string): string => `import { ok, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import { configuredIn } from "@symbiotic-build/validator";
import type { Options } from "./options.ts";

/** The files that ${tool} judges. */
export const FILES = ["**/*.txt"];
/** The files that it has its settings from. */
export const SETTINGS = [".${tool}.json"];

/** What the plugin knows of a project. */
export type Facts = {
  readonly files: readonly RepoPath[];
  /** The repository uses ${tool}: it has settings for it, or runs it in pre-commit. */
  readonly isUsed: boolean;
};

/** Reads a project's settings for ${tool}. */
export const inspect: Inspect<Options, Facts> = {
  texts: [...SETTINGS, ".pre-commit-config.yaml"],
  paths: FILES,
  facts({ texts, paths }) {
    const configured = configuredIn(texts, { files: SETTINGS, hooks: ["${tool}"] });
    return configured.ok ? ok({ files: [...paths], isUsed: configured.value.isUsed }) : configured;
  },
};
`;

const REPORT = (
  tool: string,
): string => `import { ok, type Diagnostic, type Finding, type Result } from "@symbiotic-build/engine";
import { pathOf, readJson, type PathStart } from "@symbiotic-build/validator";
import { z } from "zod";

/** What ${tool} writes: make this what it is. */
const reportSchema = z.array(
  z.object({ path: z.string(), line: z.number(), column: z.number().optional(), rule: z.string(), message: z.string() }),
);

/** Reads a report of ${tool}. */
export function readReport(stdout: string, start: PathStart): Result<readonly Finding[], Diagnostic> {
  const read = readJson("${tool}", stdout, reportSchema);
  if (!read.ok) return read;
  const findings: Finding[] = [];
  for (const { path, line, column = 1, rule, message } of read.value) {
    const file = pathOf(path, start);
    if (!file.ok) return file;
    findings.push({ tool: "${tool}", rule, level: "error", message, file: file.value, range: { start: { line, column } } });
  }
  return ok(findings);
}
`;

const TOOLS: Readonly<Record<ToolKind, (tool: string) => string>> = {
  program: (tool) => `{ name: "${tool}", kind: "path-executable", bin: "${tool}", version: ["--version"] }`,
  python: (tool) =>
    `{ name: "${tool}", kind: "python-module", module: "${tool.replaceAll("-", "_")}", distribution: "${tool}" }`,
  node: (tool) => `{ name: "${tool}", kind: "node-package", package: "${tool}", bin: "${tool}" }`,
};

const VALIDATOR = (tool: string, kind: ToolKind): string => {
  const id = tool.replaceAll("-", "_");
  return `import { ok } from "@symbiotic-build/engine";
import type { Validator } from "@symbiotic-build/validator";
import { FILES, SETTINGS, type Facts } from "./facts.ts";
import type { Options } from "./options.ts";
import { readReport } from "./report.ts";

/** Runs ${tool} over a project. */
export const ${camel(tool)}: Validator<Options, Facts> = {
  tool: "${tool}",
  atom: "run_${id}",
  alias: "${tool}",
  title: "${tool}",
  describe: "Judge files with ${tool}",
  applies: ({ facts }) => facts.files.length > 0,
  tools: () => [${TOOLS[kind](tool)}],
  // All that a result depends on: what is not named here does not run it again.
  inputs: () => ({ files: FILES, configs: SETTINGS }),
  command: ({ tool, options }) => ({ argv: [...tool.argv, "--json", ...options.args, "."], stdout: "data" }),
  // With these exit codes it has come to its end, findings or not.
  finished: [0, 1],
  report({ stdout }, { project, facts }) {
    const findings = readReport(stdout, { tool: "${tool}", folder: project.root });
    if (!findings.ok) return findings;
    // Nothing is said of files that are no inputs: git ignores them.
    const own = new Set(facts.files);
    return ok({ findings: findings.value.filter(({ file }) => own.has(file)) });
  },
  gate: {
    id: "${id}_clean",
    title: "${tool} clean",
    describe: "${tool} finds no more than is allowed",
    required: ({ facts }) => facts.isUsed,
  },
};
`;
};
