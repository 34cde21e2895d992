import {
  canonicalJson,
  ok,
  type Command,
  type CommandContext,
  type Context,
  type Inputs,
  type RepoPath,
} from "@symbiotic-build/engine";
import type { Validator } from "@symbiotic-build/validator";
import { RULE_FILES, type SemgrepFacts } from "./facts.ts";
import type { SemgrepOptions } from "./options.ts";
import { readReport } from "./report.ts";
import { RULES } from "./rules/rules.ts";

/** Looks for patterns of code with semgrep. */
export const semgrep: Validator<SemgrepOptions, SemgrepFacts> = {
  tool: "semgrep",
  atom: "run_semgrep",
  alias: "semgrep",
  title: "semgrep",
  describe: "Look for patterns of code that are known to be wrong with semgrep",
  implements: ["102"],
  lane: "security",
  applies: (context) => (hasRules(context) ? context.facts.files.length > 0 : { skipped: "there are no rules" }),
  tools: () => [
    {
      name: "semgrep",
      kind: "python-executable",
      bin: "semgrep",
      // Without the second, a semgrep that reaches no network waits for more than a minute.
      version: ["--version", "--disable-version-check"],
      install: { registry: "pypi", package: "semgrep", version: "1.182.0" },
    },
  ],
  inputs: inputsOf,
  cache: ({ options }) => (options.registry.length > 0 ? "asks a registry for rules" : true),
  command: commandOf,
  // With one of the others it may have a report that says what is wrong with the rules.
  finished: [0, 1, 2, 3, 4, 5, 7],
  report(result, { facts }) {
    const findings = readReport(result);
    if (!findings.ok) return findings;
    const own = new Set(facts.files);
    return ok({ findings: findings.value.filter(({ file }) => own.has(file)) });
  },
  gate: {
    id: "semgrep_clean",
    title: "semgrep clean",
    describe: "Semgrep finds no more than is allowed; what rules call information does not count",
    required: ({ facts }) => facts.isUsed,
  },
};

function hasRules({ facts, options }: Context<SemgrepOptions, SemgrepFacts>): boolean {
  return options.bundled || facts.rules.length + options.registry.length > 0;
}

/** Semgrep leaves out what git ignores, in its own reading of the ignore files. */
function inputsOf({ facts, options }: Context<SemgrepOptions, SemgrepFacts>): Inputs {
  const isAboutAll = facts.rules.length + options.registry.length > 0;
  const sources = ["**/*.{py,pyi,js,cjs,mjs,jsx,ts,cts,mts,tsx}", "**/.semgrepignore", "**/.gitignore"];
  return {
    files: isAboutAll ? ["**/*"] : sources,
    configs: [...RULE_FILES, ".semgrepignore", ".gitignore"],
    repositoryFiles: facts.rules.flatMap((path) => [path, `${path}/**`]),
  };
}

/** Semgrep runs at the repository's root: the names of rules and what ignore files say of paths are as by hand there. */
function commandOf(context: CommandContext<SemgrepOptions, SemgrepFacts>): Command {
  const { options, out } = context;
  const command = {
    cwd: ".",
    // A user's own settings are kept out, and nothing is written to the user's folder.
    env: { SEMGREP_SETTINGS_FILE: `${out}/settings.yml`, SEMGREP_LOG_FILE: `${out}/semgrep.log` },
    stdout: "data",
  } as const;
  if (!options.bundled) return { ...command, argv: argvOf(context) };
  // Semgrep takes rules from a file alone: the shell makes one of what it is handed.
  const line = `cat > "${bundledIn(out)}" &&`;
  return { ...command, argv: [line, ...argvOf(context)], shell: true, stdin: canonicalJson({ rules: RULES }) };
}

function argvOf(context: CommandContext<SemgrepOptions, SemgrepFacts>): readonly [string, ...string[]] {
  const { facts, options, out, project, tool } = context;
  const rules = [...(options.bundled ? [bundledIn(out)] : []), ...facts.rules, ...options.registry];
  return [
    ...tool.argv,
    "scan",
    ...options.args,
    ...["--json", "--quiet", "--metrics=off", "--disable-version-check"],
    ...rules.flatMap((each) => ["--config", each]),
    ...project.nested.flatMap((folder) => ["--exclude", `/${folder}`]),
    project.root,
  ];
}

function bundledIn(out: RepoPath): RepoPath {
  return `${out}/rules.json`;
}
