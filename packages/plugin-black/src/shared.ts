import type { CommandContext, Finding } from "@symbiotic-build/engine";
import { holdsOthers, type Report, type Shared } from "@symbiotic-build/validator";
import { ENVIRONMENT, excluded } from "./arguments.ts";
import type { BlackFacts } from "./facts.ts";
import type { BlackOptions } from "./options.ts";
import { readReport } from "./report.ts";

type BlackContext = CommandContext<BlackOptions, BlackFacts>;

/** Several projects in one black. It takes one file of settings for all that it is given, and looks for it from their common folder up. */
export const shared: Shared<BlackOptions, BlackFacts, Report> = {
  key,
  command(contexts) {
    const [{ tool, options }] = contexts;
    const folders = contexts.map(({ project }) => project.root);
    // The end of the options: a folder's name may begin as one.
    return {
      argv: [...tool.argv, ...options.args, "--check", ...excluded(contexts), "--", ...folders],
      env: ENVIRONMENT,
    };
  },
  findings: (result) => readReport(result, { tool: "black", folder: "." }),
  report: ownOf,
};

/** Up to here any `pyproject.toml` is where black's search for settings ends, also one that has none. */
const FIRST = 24;

/** Together are those with the same settings. Arguments that name something by a path name another thing from another folder. */
function key({ facts, options, project, tool }: BlackContext): string | undefined {
  const isOld = !(Number.parseInt(tool.version, 10) >= FIRST);
  const isAlone = isOld || holdsOthers(project) || options.args.some((word) => /[./\\]|^-c/.test(word));
  return isAlone ? undefined : JSON.stringify([facts.config]);
}

/** Black walks the folder: of what is there and is no input nothing is said. */
export function ownOf(findings: readonly Finding[], { facts }: Pick<BlackContext, "facts">): Report {
  const own = new Set(facts.files);
  const isOwn = (file: string): boolean => own.has(file) || (facts.includes && !/\.(pyi?|ipynb)$/.test(file));
  return { findings: findings.filter(({ file }) => isOwn(file)) };
}
