import { findAgent, isSignedIn, type FoundAgent } from "../../agent/find-agent.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { JsonValue } from "../../core/json.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { nearest } from "../../config/suggest.ts";
import type { Host } from "../../fingerprint/tool/host.ts";
import type { Agent } from "../../plugin/agent.ts";
import type { LoadedPlugin } from "../../plugin/load.ts";

/** An agent that a plugin offers. */
export interface OfferedAgent {
  /** What people type. */
  readonly name: string;
  readonly agent: Agent;
  readonly options: JsonValue;
}

/** An agent that can be asked. */
export interface ChosenAgent extends OfferedAgent {
  readonly found: FoundAgent;
}

/** The agents that plugins offer, by name; the first of a name is the one. */
export function agentsOf(plugins: readonly LoadedPlugin[]): readonly OfferedAgent[] {
  const all = plugins.flatMap(({ spec, options }) =>
    Object.entries(spec.agents ?? {}).map(([name, agent]) => ({ name, agent, options })),
  );
  return all.filter(({ name }, at) => all.findIndex((each) => each.name === name) === at);
}

/** The agent of this name, or for `auto` the first that is installed and signed in. An error says what to set up. */
export function chooseAgent(
  wanted: string,
  agents: readonly OfferedAgent[],
  host: Host,
): Result<ChosenAgent, Diagnostic> {
  const names = agents.map(({ name }) => name);
  const asked = wanted === "auto" ? agents : agents.filter(({ name }) => name === wanted);
  if (asked.length === 0) return fail(unknownAgent(wanted, names));
  const missing: string[] = [];
  for (const each of asked) {
    const found = findAgent(each.agent.tool, host);
    if (found === undefined)
      missing.push(
        `${each.name}: not installed; symbiotic doctor ${each.name} --install, or ${installHint(each.agent)}`,
      );
    else if (!isSignedIn(each.agent, host))
      missing.push(`${each.name}: nobody is signed in; ${each.agent.signIn.hint}`);
    else return ok({ ...each, found });
  }
  return fail(noAgent(wanted, missing));
}

function installHint({ tool }: Agent): string {
  return `npm install --save-dev ${tool.package}@${tool.version}`;
}

function unknownAgent(wanted: string, names: readonly string[]): Diagnostic {
  const meant = nearest(wanted, names);
  return errorOf("SYM5101", `no plugin offers an agent called \`${wanted}\``, {
    hint: `${meant === undefined ? "" : `did you mean \`${meant}\`? `}there is: ${[...names, "auto"].join(", ")}`,
  });
}

function noAgent(wanted: string, missing: readonly string[]): Diagnostic {
  const what = wanted === "auto" ? "no agent can be asked here" : `${wanted} cannot be asked here`;
  return errorOf("SYM5102", what, { notes: missing, hint: "set one of them up, then run it again" });
}
