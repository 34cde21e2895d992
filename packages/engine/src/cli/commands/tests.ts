import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openRepository } from "../../workspace/git/repository.ts";
import { resolveCommit } from "../../workspace/git/resolve-commit.ts";
import type { CliCommand, CliContext, CliOutput } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { progressLine } from "../progress-line.ts";
import { runRequest } from "../run-request.ts";
import { warn } from "./cache/cache-action.ts";

const SAMPLE = "10";

/** `symbiotic tests`: which tests were left out, why, and whether that was right. */
export const testsCommand: CliCommand = {
  name: "tests",
  summary: "which tests the last run left out, and why; whether leaving them out is right",
  usage: "why [<file>] | audit [<task|target...>] [options]",
  describe:
    "`why` tells of one test file, or of all, what the last run did with it. `audit` runs some of the tests that would be left out and compares what they come to with what is kept of them: a difference is an error, and what is kept is dropped. With `--together` it runs all tests of each task in one process, and names those that end otherwise than by themselves.",
  positionals: { least: 1, most: 1000, what: "`why` and a test file, or `audit`" },
  options: {
    task: { kind: "value", value: "<id>", describe: "why: of this task, where several have the file" },
    sample: {
      kind: "value",
      value: "<n>",
      count: true,
      describe: `audit: how many test files of each task (default: ${SAMPLE})`,
    },
    seed: {
      kind: "value",
      value: "<text>",
      describe: "audit: the same text draws the same sample (default: the commit)",
    },
    together: {
      kind: "flag",
      describe: "audit: instead of a sample, all test files of each task in one process and in order",
    },
  },
  examples: [
    ["symbiotic tests why", "what became of every test file"],
    ["symbiotic tests why tests/test_core.py", "of one: ran or left out, with what changed"],
    ["symbiotic tests audit --sample 20", "in CI: runs twenty that would be left out, and compares"],
    ["symbiotic tests audit --together", "now and then: finds tests that depend on their order"],
  ],
  async run(parsed, context) {
    const [what = "", ...more] = parsed.positionals;
    const action = parsed.flags.has("together") ? `${what} --together` : what;
    const options = OPTIONS[action] ?? OPTIONS[what];
    const wrong =
      options && Object.keys(testsCommand.options).find((name) => isGiven(name, parsed) && !options.includes(name));
    if (wrong !== undefined) {
      const message = `\`symbiotic tests ${wrong === "together" ? what : action}\` has no --${wrong}`;
      return fail([errorOf("SYM2004", message, { hint: "see `symbiotic tests --help`" })]);
    }
    if (what === "audit") return audit({ ...parsed, positionals: more }, context);
    return what === "why" && more.length <= 1 ? why({ ...parsed, positionals: more }, context) : fail([noSuch(parsed)]);
  },
};

/** The flags that mean something to each. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  why: ["task"],
  audit: ["sample", "seed"],
  "audit --together": ["together"],
};

function isGiven(name: string, { values, flags }: Parsed): boolean {
  return values.has(name) || flags.has(name);
}

type Output = Result<CliOutput, readonly Diagnostic[]>;

async function why({ positionals: [file], values }: Parsed, { cwd, environment }: CliContext): Promise<Output> {
  const repository = openRepository(cwd, environment.variables);
  if (!repository.ok) return fail([repository.error]);
  const { whyTests } = await import("../tests/why-tests.ts");
  const task = values.get("task");
  const told = whyTests({
    ...{ root: repository.value.root, cwd, now: Date.now() },
    ...(file === undefined ? {} : { file }),
    ...(task === undefined ? {} : { task }),
  });
  return told.ok ? told : fail([told.error]);
}

async function audit(parsed: Parsed, context: CliContext): Promise<Output> {
  const opened = await openWorkspace(parsed, context);
  if (!opened.ok) return opened;
  const request = runRequest(parsed, context, opened.value.config.settings);
  if (!request.ok) return request;
  const together = parsed.flags.has("together");
  const commit = resolveCommit(opened.value.repository, "HEAD");
  const seed = parsed.values.get("seed") ?? commit?.slice(0, 12) ?? "";
  const [{ auditTests }, { auditOutput, auditProblems }] = await Promise.all([
    import("../tests/audit-tests.ts"),
    import("../tests/audit-output.ts"),
  ]);
  const line = progressLine(context);
  const audited = await auditTests({
    ...{ opened: opened.value, request: request.value },
    beside: together ? "together" : { count: Number(parsed.values.get("sample") ?? SAMPLE), seed },
    progress: (text) => {
      line.show(() => text);
    },
  });
  line.end();
  if (!audited.ok) return audited;
  warn(context, auditProblems(audited.value));
  return ok(auditOutput(audited.value, together ? undefined : seed));
}

function noSuch({ positionals }: Parsed): Diagnostic {
  return errorOf("SYM2007", `\`symbiotic tests\` has no \`${positionals.join(" ")}\``, {
    hint: "write `symbiotic tests why [<file>]` or `symbiotic tests audit`",
  });
}
