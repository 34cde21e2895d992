import { joinRepo, type AgentAsk, type AgentAtom } from "@symbiotic-build/engine";
import { inputsOf } from "./inputs.ts";
import { agentParamsOf, type CommandAtomContext } from "./params.ts";

/** What every step of the configuration that an agent does is made from. */
export const agent: AgentAtom<null, null> = {
  kind: "edit",
  title: "agent",
  describe: "Ask an agent, under guard",
  inputs(context) {
    const params = agentParamsOf(context);
    // What agents leave beside sources would make each run another one.
    return inputsOf({ ...params, scratch: ["artifacts", ".ai-audit.jsonl"] }, context.project);
  },
  edits: (context) => agentParamsOf(context).agent.write,
  ask: askOf,
};

function askOf(context: CommandAtomContext): AgentAsk {
  const { task, write, role, checks, rounds, use, model, budget, pin } = agentParamsOf(context).agent;
  return {
    task,
    write: write.map((glob) => joinRepo(context.project.root, glob.replace(/^\.\//, ""))),
    ...(role === undefined ? {} : { role }),
    ...(checks === undefined ? {} : { checks }),
    ...(rounds === undefined ? {} : { rounds }),
    ...(use === undefined ? {} : { agent: use }),
    ...(model === undefined ? {} : { model }),
    ...(budget === undefined ? {} : { budget: said(budget) }),
    ...(pin === undefined ? {} : { pin }),
  };
}

function said(
  budget: NonNullable<ReturnType<typeof agentParamsOf>["agent"]["budget"]>,
): NonNullable<AgentAsk["budget"]> {
  return Object.fromEntries(Object.entries(budget).filter(([, value]) => value !== undefined));
}
