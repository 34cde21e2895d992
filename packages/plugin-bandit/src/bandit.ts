import { ok, type CommandContext } from "@symbiotic-build/engine";
import { seenFrom, type Validator } from "@symbiotic-build/validator";
import { ENVIRONMENT, excluded, exclusion, FORM } from "./arguments.ts";
import type { BanditFacts } from "./facts.ts";
import type { BanditOptions } from "./options.ts";
import { readReport } from "./report.ts";
import { ownOf, shared } from "./shared.ts";

type BanditContext = CommandContext<BanditOptions, BanditFacts>;

/** Looks for security problems in a project's Python with bandit. */
export const bandit: Validator<BanditOptions, BanditFacts> = {
  tool: "bandit",
  atom: "run_bandit",
  alias: "bandit",
  title: "bandit",
  describe: "Look for security problems in Python with bandit",
  implements: ["102"],
  lane: "security",
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
    env: ENVIRONMENT,
    stdout: "data",
  }),
  finished: [0, 1],
  report(result, context) {
    const findings = readReport(result.stdout, { tool: "bandit", folder: context.project.root });
    return findings.ok ? ok(ownOf(findings.value, context)) : findings;
  },
  shared,
  gate: {
    id: "bandit_clean",
    title: "bandit clean",
    describe: "Bandit finds no more than is allowed; what it calls low does not count",
    required: ({ facts }) => facts.isUsed,
  },
};

function argumentsOf({ facts, options, project }: BanditContext): readonly string[] {
  return [
    ...["--recursive", ".", ...FORM],
    ...(facts.pyproject === null ? [] : ["--configfile", seenFrom(project.root, facts.pyproject)]),
    ...exclusion(excluded(project, project.root)),
    ...options.args,
  ];
}
