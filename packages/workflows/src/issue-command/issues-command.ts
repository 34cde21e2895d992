import {
  errorOf,
  fail,
  type CommandAnswer,
  type Diagnostic,
  type IssuesSetting,
  type OfferedCommand,
  type Result,
} from "@symbiotic-build/engine";
import { checkIssues } from "./check-issues.ts";
import { planOfIssues } from "./plan-issues.ts";
import { statusIssues } from "./status-issues.ts";
import type { IssueAction } from "./issue-action.ts";
import { readDocuments } from "./read-documents.ts";
import { runIssues } from "./run-issues.ts";
import { graphIssues, listIssues } from "./show-issues.ts";

/** `symbiotic issues`: issue documents as a graph, and the loop over them. */
export const issuesCommand: OfferedCommand = {
  name: "issues",
  summary: "issue documents as a graph: list, check, plan, and have agents develop and review them",
  usage: "list|graph|check|plan|run|status [<run>] [options]",
  describe:
    "Reads issue documents (docs/projects/**/*.md) with their front matter. `plan` says what may be done at once, what comes first, and what gets in whose way. `run` gives each issue that still runs a work tree and a branch: an agent develops it, its verification commands and the configured checks run, another agent reviews, and what that asks for is fixed, twice at most.",
  positionals: { least: 1, most: 2, what: "`list`, `graph`, `check`, `plan`, `run` or `status [<run>]`" },
  options: {
    milestone: { kind: "list", value: "<name>", describe: "issues of this milestone" },
    project: { kind: "list", value: "<name>", describe: "issues of this project" },
    issue: { kind: "list", value: "<id>", describe: "this issue" },
    format: {
      kind: "value",
      value: "<format>",
      oneOf: ["text", "mermaid", "dot"],
      describe: "of `graph`: text, mermaid or dot",
    },
    cycle: { kind: "flag", describe: "of `graph`: only cycles, each edge with its file and line" },
    fix: { kind: "flag", describe: "of `check`: write what is missing of one-sided edges, and nothing else" },
    "dry-run": { kind: "flag", describe: "of `run`: show all steps; start nothing, touch nothing" },
    parallel: {
      kind: "value",
      value: "<n>",
      count: true,
      describe: "of `plan` and `run`: how many at once (default: 2)",
    },
    fresh: { kind: "flag", describe: "of `plan`: as if nothing had passed in the latest run" },
    "no-review-docs": { kind: "flag", describe: "of `run`: write no review documents" },
    "skip-installs": { kind: "flag", describe: "of `run`: install nothing in new work trees" },
    "approve-publish": {
      kind: "flag",
      describe: "of `run`: with `issues.ready`, a stack may be made ready for review as a whole",
    },
    keep: { kind: "flag", describe: "of `run`: keep all work trees" },
    resume: {
      kind: "optional",
      value: "run",
      whenBare: "latest",
      describe: "of `run`: go on with a run that ended early, at the very step",
    },
    unsandboxed: { kind: "flag", describe: "of `run`: let agents work where no sandbox holds them" },
  },
  examples: [
    ["symbiotic issues list", "what still runs, in the order in which to do it"],
    ["symbiotic issues graph --format mermaid", "what blocks what"],
    ["symbiotic issues check --fix", "what is wrong with the documents; one-sided edges are mended"],
    ["symbiotic issues plan --milestone M3", "what may be done at once, and what gets in whose way"],
    ["symbiotic issues run --milestone M3 --dry-run", "every step, before any is done"],
    ["symbiotic issues run --issue M3-04", "one issue"],
    ["symbiotic issues status", "how far the loop is, what it cost, what is left to mend"],
    ["symbiotic issues run --resume", "go on where the latest run ended"],
  ],
  async run(parsed, io) {
    const setting = (io.settings ?? {}) as IssuesSetting;
    const read = readDocuments(io, setting);
    if (!read.ok) return read;
    const [action = "", more] = parsed.positionals;
    const act = ACTIONS[action];
    if (act === undefined) return fail([unknown(action)]);
    return more !== undefined && action !== "status"
      ? fail([surplus(action, more)])
      : act({ parsed, io, setting, documents: read.value });
  },
};

type Act = (action: IssueAction) => Promise<Result<CommandAnswer, readonly Diagnostic[]>>;

const ACTIONS: Readonly<Record<string, Act>> = {
  list: listIssues,
  graph: graphIssues,
  check: checkIssues,
  plan: planOfIssues,
  run: runIssues,
  status: statusIssues,
};

function surplus(action: string, more: string): Diagnostic {
  return errorOf("SYM2007", `\`symbiotic issues ${action}\` takes no \`${more}\``, {
    hint: "an issue is asked for by `--issue <id>`",
  });
}

function unknown(action: string): Diagnostic {
  return errorOf("SYM2007", `\`symbiotic issues\` has no \`${action}\``, {
    hint: `there is: ${Object.keys(ACTIONS).join(", ")}`,
  });
}
