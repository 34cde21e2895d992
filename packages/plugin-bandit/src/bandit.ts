import { ok, type CommandContext } from "@symbiotic-build/engine";
import { foreignFolders, seenFrom, type Validator } from "@symbiotic-build/validator";
import type { BanditFacts } from "./facts.ts";
import type { BanditOptions } from "./options.ts";
import { readReport } from "./report.ts";

/** Looks for security problems in a project's Python with bandit. */
export const bandit: Validator<BanditOptions, BanditFacts> = {
  tool: "bandit",
  atom: "run_bandit",
  alias: "bandit",
  title: "bandit",
  describe: "Look for security problems in Python with bandit",
  implements: ["102"],
  applies: ({ facts }) => facts.files.length > 0,
  tools: () => [
    {
      name: "bandit",
      kind: "python-module",
      module: "bandit",
      distribution: "bandit",
      install: { registry: "pypi", package: "bandit", version: "1.9.4" },
    },
  ],
  inputs: () => ({ files: ["**/*.py", "**/.bandit"], configs: ["pyproject.toml", ".bandit"] }),
  command: (context) => ({
    argv: [...context.tool.argv, ...argumentsOf(context)],
    // `python -m` would import a project's own `yaml.py` in the place of what bandit needs.
    env: { PYTHONSAFEPATH: "1" },
    stdout: "data",
  }),
  finished: [0, 1],
  report(result, { project, facts }) {
    const findings = readReport(result.stdout, { tool: "bandit", folder: project.root });
    if (!findings.ok) return findings;
    // Bandit walks the folder, files that git ignores included: nothing is said by what is no input.
    const own = new Set(facts.files);
    return ok({ findings: findings.value.filter(({ file }) => own.has(file)) });
  },
  gate: {
    id: "bandit_clean",
    title: "bandit clean",
    describe: "Bandit finds no more than is allowed; what it calls low does not count",
    required: ({ facts }) => facts.isUsed,
  },
};

function argumentsOf(context: CommandContext<BanditOptions, BanditFacts>): readonly string[] {
  const { facts, options, project } = context;
  // Walking them costs time, and nothing of them is told.
  const excluded = foreignFolders(project).map((folder) => `./${seenFrom(project.root, folder)}`);
  return [
    ...["--recursive", ".", "--format", "json", "--quiet"],
    ...(facts.pyproject === null ? [] : ["--configfile", seenFrom(project.root, facts.pyproject)]),
    ...(excluded.length === 0 ? [] : ["--exclude", excluded.join(",")]),
    ...options.args,
  ];
}
