import { fail, type CommandContext, type Finding } from "@symbiotic-build/engine";
import { apart, holdsOthers, type Report, type Shared } from "@symbiotic-build/validator";
import { ENVIRONMENT, excluded, exclusion, FORM } from "./arguments.ts";
import type { BanditFacts } from "./facts.ts";
import type { BanditOptions } from "./options.ts";
import { readReport } from "./report.ts";

type BanditContext = CommandContext<BanditOptions, BanditFacts>;

/** Several projects in one bandit: it takes longer to start than to judge one of them. */
export const shared: Shared<BanditOptions, BanditFacts, Report> = {
  key,
  command(contexts) {
    const [{ facts, tool }] = contexts;
    return {
      argv: [
        ...tool.argv,
        ...["--recursive", ...contexts.map(({ project }) => `./${project.root}`), ...FORM],
        ...(facts.pyproject === null ? [] : ["--configfile", facts.pyproject]),
        ...exclusion(contexts.flatMap(({ project }) => excluded(project, "."))),
      ],
      env: ENVIRONMENT,
      stdout: "data",
    };
  },
  findings(result) {
    // One that git ignores, and that bandit found nevertheless, would count for all.
    if (FOUND.test(result.stderr)) return fail(apart("bandit found a `.bandit`, which is for one project"));
    return readReport(result.stdout, { tool: "bandit", folder: "." });
  },
  report: ownOf,
};

const FOUND = /\.bandit files? found|level \.bandit file/;
/** Parts of paths that bandit leaves out where it is told of nothing else. */
const LEFT_OUT = /\.svn|CVS|\.bzr|\.hg|\.git|__pycache__|\.tox|\.eggs|\.egg/;

/** Alone is what would be judged in another way from the repository's root than from its own folder. */
function key({ facts, options, project }: BanditContext): string | undefined {
  const excludes = excluded(project, ".").length > 0;
  const isModule = facts.files.includes(`${project.root}/__init__.py`);
  const isAlone = holdsOthers(project) || facts.isPlaced || isModule || options.args.length > 0;
  if (isAlone || project.root.includes(",") || (!excludes && LEFT_OUT.test(project.root))) return undefined;
  return JSON.stringify([facts.pyproject, excludes]);
}

/** Bandit walks the folder, files that git ignores included: nothing is said by what is no input. */
export function ownOf(findings: readonly Finding[], { facts }: Pick<BanditContext, "facts">): Report {
  const own = new Set(facts.files);
  return { findings: findings.filter(({ file }) => own.has(file)) };
}
