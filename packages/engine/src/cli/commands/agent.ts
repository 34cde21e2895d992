import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail } from "../../core/result.ts";
import { AGENT_ROLES } from "../../config/guard-schema.ts";
import { AGENT_LIMITS } from "../agent/agent-limits.ts";
import type { CliCommand } from "../command.ts";

function notKnown(action: string, what: string | undefined): Diagnostic {
  if (action === "run")
    return errorOf("SYM2007", "what the agent is to do is not said", { hint: 'symbiotic agent run "<what to do>"' });
  const words = what === undefined ? action : `${action} ${what}`;
  return errorOf("SYM2007", `\`symbiotic agent\` has no \`${words}\``, {
    hint: '`symbiotic agent run "<what to do>"`, `symbiotic agent resume`, `symbiotic agent sessions`',
  });
}

/** `symbiotic agent`: an AI agent at work under the guard. */
export const agentCommand: CliCommand = {
  name: "agent",
  summary: "let an AI agent work on a copy of the tree, and apply what it may change",
  usage: 'run "<what to do>" | resume [session] | sessions [options]',
  describe:
    "The agent works on a copy. What it changed there is judged by the policy, and all of it is applied to your tree, or nothing.",
  positionals: { least: 1, most: 2, what: "`run` and what the agent is to do, in quotes; `resume`; or `sessions`" },
  options: {
    agent: {
      kind: "value",
      value: "<name>",
      describe: "claude, codex, or auto: the first that is installed and signed in",
    },
    role: {
      kind: "value",
      value: "<role>",
      oneOf: AGENT_ROLES,
      describe: `what it is there for: ${AGENT_ROLES.join(", ")}`,
    },
    branch: {
      kind: "value",
      value: "<name>",
      describe: "commit its change, and nothing else, on a new branch, with what made it as trailers",
    },
    resume: { kind: "value", value: "<session>", describe: "go on with a session, as after a usage limit" },
    check: {
      kind: "list",
      value: "<name>",
      many: true,
      describe: "targets or atoms that have to pass before anything is applied; run in a sandbox without network",
    },
    rounds: {
      kind: "value",
      value: "<n>",
      count: true,
      describe: "how often it may try to pass them; 3 where it is not said",
    },
    "in-place": {
      kind: "flag",
      describe: "let it work in your tree itself, in a sandbox; where its change is refused the tree is put back",
    },
    "dry-run": { kind: "flag", describe: "show the change and apply nothing" },
    ...AGENT_LIMITS,
  },
  examples: [
    ['symbiotic agent run "add a CSV export" --allow src tests', "nothing outside of src and tests can change"],
    ['symbiotic agent run "fix the typos" --agent codex --usd 0.50 --turns 20', "with a budget"],
    ['symbiotic agent run "rename export to save" --dry-run', "see the difference first"],
    [
      'symbiotic agent run "fix the flaky test" --branch fix/flaky --check gates',
      "and commit it on a branch of its own",
    ],
    ["symbiotic agent resume", "go on with what was broken off: a usage limit, the budget, a timeout"],
  ],
  async run(parsed, context) {
    const [action = "", what] = parsed.positionals;
    if (action === "run" && what !== undefined) {
      const { runAgentCommand } = await import("../agent/run-agent-command.ts");
      return runAgentCommand(what, parsed, context);
    }
    const { listSessions, resumeAgent } = await import("../agent/resume-agent.ts");
    if (action === "resume") return resumeAgent(what, parsed, context);
    if (action === "sessions" && what === undefined) return listSessions(context);
    return fail([notKnown(action, what)]);
  },
};
