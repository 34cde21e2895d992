import { ok, type CommandAtom, type CommandContext } from "@symbiotic-build/engine";
import { count, foreignFolders, seenFrom, stopped } from "@symbiotic-build/validator";
import type { ComplexityOptions } from "./options.ts";
import { readFunctions } from "./report.ts";

/** The id of the atom. */
export const ATOM = "measure_complexity";

/** The rule about complexity, with a limit under which it names every function; the repository's settings say nothing here. */
const QUESTION = [
  ...["check", "--isolated", "--no-cache", "--ignore-noqa", "--exit-zero", "--select", "C901"],
  ...["--target-version", "py312", "--config", "lint.mccabe.max-complexity = 0", "--output-format", "json"],
];

/** Measures how complex each function of a project is, with the project's own ruff. */
export const measure: CommandAtom<ComplexityOptions, boolean> = {
  kind: "check",
  title: "complexity",
  describe: "Measure how complex each function is, with ruff",
  alias: "complexity",
  applies: ({ facts: hasPython }) => hasPython,
  tools: () => [
    {
      name: "ruff",
      kind: "python-executable",
      bin: "ruff",
      version: ["--version"],
      install: { registry: "pypi", package: "ruff", version: "0.17.5" },
    },
  ],
  inputs: () => ({ files: ["**/*.py", "**/.gitignore", "**/.ignore"], configs: [".gitignore", ".ignore"] }),
  command: (context) => ({
    argv: [...context.tool.argv, ...QUESTION, ...excluded(context), ...context.options.args, "."],
    env: { APPDATA: "/dev/null", XDG_CONFIG_HOME: "/dev/null" },
    stdout: "data",
  }),
  parse(result, { project, tool }) {
    if (result.exitCode !== 0) return { ok: false, error: stopped("ruff", result) };
    const functions = readFunctions(result.stdout, { tool: "ruff", folder: project.root });
    if (!functions.ok) return functions;
    const all = Object.values(functions.value).flat();
    const total = all.reduce((sum, [, complexity]) => sum + complexity, 0);
    return ok({
      status: "ok",
      summary: count(all.length, "function"),
      evidence: {
        tool: tool.name,
        metrics: [
          { name: "functions", value: all.length, unit: "functions" },
          { name: "complexity", value: total, unit: "branches" },
        ],
        data: { functions: functions.value },
      },
    });
  },
};

/** Other projects measure their own. */
function excluded({ project }: CommandContext<ComplexityOptions, boolean>): readonly string[] {
  return foreignFolders(project).flatMap((folder) => ["--extend-exclude", seenFrom(project.root, folder)]);
}
