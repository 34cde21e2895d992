import { joinRepo, type Command, type CommandContext } from "@symbiotic-build/engine";
import type { Validator } from "@symbiotic-build/validator";
import { CONFIG, type PreCommitFacts } from "./facts.ts";
import type { PreCommitOptions } from "./options.ts";
import { PROGRAM } from "./program.ts";
import { readReport } from "./report.ts";

/** Runs the hooks of a repository over a copy of it. */
export const preCommit: Validator<PreCommitOptions, PreCommitFacts> = {
  tool: "pre-commit",
  atom: "run_pre_commit",
  alias: "pre-commit",
  title: "pre-commit",
  describe: "Run the repository's own pre-commit hooks over a copy of it",
  implements: ["112"],
  applies: ({ facts }) => facts.hasHooks,
  tools: () => [
    {
      name: "pre-commit",
      kind: "python-module",
      module: "pre_commit",
      distribution: "pre-commit",
      install: { registry: "pypi", package: "pre-commit", version: "4.7.0" },
    },
  ],
  inputs: () => ({
    configs: [CONFIG],
    repositoryFiles: ["**/*", ...LEFT],
    variables: ["PRE_COMMIT_HOME", "XDG_CACHE_HOME", "SKIP", "CI"],
    platform: true,
  }),
  cache: "hooks may read anything",
  command,
  finished: [0, 1, 3],
  isRepositoryWide: true,
  report: readReport,
  gate: {
    id: "precommit_hooks_clean",
    title: "pre-commit clean",
    describe: "No hook of pre-commit fails or would change a file",
    required: ({ facts }) => facts.hasHooks,
  },
  // Not with all others: it runs the same tools as they do, once more, cold and in a copy.
  targets: ["pre-commit"],
};

/** What other tools leave while hooks run, where git does not ignore it. */
const LEFT = ["__pycache__", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache"].map(
  (name) => `!**/${name}/**`,
);

function command(context: CommandContext<PreCommitOptions, PreCommitFacts>): Command {
  const { tool, options, project, out } = context;
  const [python, ...rest] = tool.argv;
  const before = rest.slice(0, Math.max(0, rest.indexOf("-m")));
  const environments = project.environments.flatMap((each) => (each.kind === "directory" ? [each.path] : []));
  return {
    argv: [python, ...before, "-c", PROGRAM, out, String(options.link.length), ...options.link, ...options.args],
    cwd: ".",
    // Hooks that are in no environment of their own find the project's tools, as in an activated one.
    programs: environments.flatMap((folder) => ["bin", "Scripts"].map((name) => joinRepo(folder, name))),
    stdout: "data",
  };
}
