import { ok, relativeTo, isInside, parentOf, type Applies, type CommandContext } from "@symbiotic-build/engine";
import { foreignFolders, type Validator } from "@symbiotic-build/validator";
import type { BlackFacts } from "./facts.ts";
import type { BlackOptions } from "./options.ts";
import { readReport } from "./report.ts";

/** Checks a project's formatting with black, and changes nothing. */
export const black: Validator<BlackOptions, BlackFacts> = {
  tool: "black",
  atom: "run_black_check",
  alias: "black",
  title: "black",
  describe: "Check the formatting of Python with black --check",
  implements: ["032"],
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
    argv: [...context.tool.argv, ...context.options.args, "--check", ...excluded(context), "."],
    // Where a repository has no settings black takes a user's own, which are others on another machine.
    // And what it imports is its own, not a module of the repository that has the same name.
    env: { PYTHONSAFEPATH: "1", XDG_CONFIG_HOME: "/dev/null" },
  }),
  finished: [0, 1, 123],
  report(result, { project, facts }) {
    const findings = readReport(result, { tool: "black", folder: project.root });
    if (!findings.ok) return findings;
    // Black walks the folder: of what is there and is no input nothing is said.
    const own = new Set(facts.files);
    const isOwn = (file: string): boolean => own.has(file) || (facts.includes && !/\.(pyi?|ipynb)$/.test(file));
    return ok({ findings: findings.value.filter(({ file }) => isOwn(file)) });
  },
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

/**
 * Folders of other projects and of environments: walking them costs time, and nothing of them is told. Black matches paths from
 * the folder of its settings; what those leave out besides cannot be added to.
 */
function excluded({ project, facts }: CommandContext<BlackOptions, BlackFacts>): readonly string[] {
  const start = facts.config === null ? "." : parentOf(facts.config);
  const folders = foreignFolders(project).filter((folder) => isInside(start, folder));
  if (facts.excludes || folders.length === 0) return [];
  const names = folders.map((folder) => relativeTo(start, folder).replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return ["--extend-exclude", `^/(${names.join("|")})/`];
}
