import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import {
  type CommandResult,
  type Finding,
  type Gate,
  type GateDecision,
  type Inputs,
  type Outcome,
  type ToolSpec,
  definePlugin,
  ok,
  type Result,
} from "@symbiotic-build/engine";
import { z } from "zod";

/** The steps by which this repository gates itself: what `pnpm check` runs of its own sources, as atoms. */
const SOURCES: Inputs = {
  files: [
    "packages/**/*.{ts,js,json}",
    "scripts/**",
    "test/**",
    "bench/**/*.{ts,mjs}",
    "*.{ts,mjs,json,yaml}",
    "!**/dist/**",
  ],
};
const require = createRequire(import.meta.url);

function nodeTool(name: string, program: string): () => ToolSpec[] {
  const manifest = require(`${name}/package.json`) as { version: string };
  const url = pathToFileURL(require.resolve(`${name}/package.json`).replace(/package\.json$/, program)).href;
  return () => [{ kind: "node-module", name, url, version: manifest.version }];
}

/** Tools print absolute paths; the engine has put `{root}` in the place of the repository root. */
function insideRoot(path: string): string {
  return path.replace(/^\{root\}\//, "");
}

const EslintReport = z.array(
  z.object({
    filePath: z.string(),
    messages: z.array(
      z.object({
        ruleId: z.string().nullable(),
        message: z.string(),
        line: z.number().default(1),
        column: z.number().default(1),
      }),
    ),
  }),
);

function parseEslint({ stdout }: CommandResult): Result<Outcome, never> {
  const findings = EslintReport.parse(JSON.parse(stdout)).flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, message, line, column }): Finding => {
      return {
        tool: "eslint",
        rule: ruleId ?? "parse",
        level: "error",
        message,
        file: insideRoot(filePath),
        range: { start: { line, column } },
      };
    }),
  );
  return ok(outcomeOf("eslint", findings));
}

function parseTypes({ stdout }: CommandResult): Result<Outcome, never> {
  const findings = [...stdout.matchAll(/^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*)$/gm)].map(
    ([, file = "", line, column, rule = "", message = ""]): Finding => {
      return {
        tool: "tsc",
        rule,
        level: "error",
        message,
        file,
        range: { start: { line: Number(line), column: Number(column) } },
      };
    },
  );
  return ok(outcomeOf("tsc", findings));
}

function outcomeOf(tool: string, findings: readonly Finding[]): Outcome {
  const summary =
    findings.length === 0 ? "ok" : `${String(findings.length)} finding${findings.length === 1 ? "" : "s"}`;
  return { status: "ok", summary, evidence: { tool, findings } };
}

function noFindings(title: string, atom: string): Gate<unknown, { isRoot: boolean }> {
  const text = (count: number): { measured: string; wanted: string } => ({ measured: String(count), wanted: "0" });
  return {
    title,
    describe: `${atom} found nothing`,
    reads: [atom],
    required: () => true,
    decide({ tasks }): GateDecision {
      const count = tasks.reduce((sum, { evidence }) => sum + (evidence?.findings?.length ?? 0), 0);
      return { verdict: count === 0 ? "pass" : "fail", ...text(count), numbers: { count } };
    },
    total: (decisions) => text(decisions.reduce((sum, { numbers }) => sum + (numbers?.["count"] ?? 0), 0)),
  };
}

export const self = definePlugin({
  api: 1,
  name: "self",
  from: import.meta.url,
  options: z.strictObject({}).default({}),
  discovery: {
    files: ["package.json"],
    projects: ({ files }) =>
      ok(
        files.map(({ path }) => ({
          name: "symbiotic",
          root: ".",
          manifests: [path],
          dependsOn: [],
          tags: ["node"],
          environments: [],
        })),
      ),
  },
  inspect: { texts: ["pnpm-workspace.yaml"], facts: ({ project }) => ok({ isRoot: project.root === "." }) },
  atoms: {
    run_eslint: {
      kind: "check",
      alias: "eslint",
      title: "eslint",
      describe: "Lint the sources with the rules of eslint.config.mjs",
      applies: ({ facts }) => facts.isRoot,
      tools: nodeTool("eslint", "bin/eslint.js"),
      inputs: () => SOURCES,
      command: () => ({ argv: ["{node}", "{module}", "--format", "json", "."], stdout: "data" }),
      parse: parseEslint,
    },
    run_typecheck: {
      kind: "check",
      alias: "tsc",
      title: "types",
      describe: "Check the types of all packages and tests",
      applies: ({ facts }) => facts.isRoot,
      tools: nodeTool("ts7", "bin/tsc"),
      inputs: () => SOURCES,
      command: () => ({ argv: ["{node}", "{module}", "--noEmit", "--pretty", "false", "-p", "tsconfig.json"] }),
      parse: parseTypes,
    },
    run_unit_tests: {
      kind: "check",
      alias: "unit",
      title: "unit tests",
      describe: "Run the unit tests of all packages",
      applies: ({ facts }) => facts.isRoot,
      tools: nodeTool("vitest", "vitest.mjs"),
      inputs: () => SOURCES,
      command: () => ({ argv: ["{node}", "{module}", "run", "--project", "unit", "--reporter", "dot"] }),
    },
  },
  gates: {
    eslint_clean: noFindings("lint clean", "run_eslint"),
    types_clean: noFindings("types clean", "run_typecheck"),
  },
  targets: {
    validate: ["run_eslint", "run_typecheck"],
    test: ["run_unit_tests"],
    gates: ["run_eslint", "run_typecheck", "run_unit_tests"],
  },
});
