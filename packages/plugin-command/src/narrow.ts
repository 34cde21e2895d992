import {
  matchesFilter,
  withOverride,
  type CommandAtoms,
  type NarrowedAtom,
  type Project,
} from "@symbiotic-build/engine";
import type { WholeAtom } from "./derive.ts";
import type { AgentParams, Params } from "./params.ts";

type Atom = CommandAtoms[string];

/** What an atom is in a project; `false` where it is not for it. */
export function narrowed({ atom, globalInputs }: WholeAtom, project: Project): NarrowedAtom | false {
  const own = inProject(atom, project);
  if (own === false) return false;
  const { dependsOn, resources, timeout, retries, cache, scratch = [] } = own;
  return {
    params: own.agent === undefined ? paramsIn(own, globalInputs) : agentParamsIn(own, own.agent, globalInputs),
    scratch,
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(resources === undefined ? {} : { resources: said(resources) }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout * 1000 }),
    ...(retries === undefined ? {} : { retries }),
    ...(cache === undefined ? {} : { cache }),
  };
}

function inProject(atom: Atom, project: Project): Atom | false {
  const { only, projects = {} } = atom;
  if (only !== undefined && !only.some((filter) => matchesFilter(filter)(project))) return false;
  const fitting = Object.entries(projects).filter(([filter]) => matchesFilter(filter)(project));
  return fitting.reduce<Atom | false>(
    (own, [, more]) => (more === false ? false : withOverride(own === false ? atom : own, more)),
    atom,
  );
}

function agentParamsIn(
  { inputs }: Atom,
  agent: AgentParams["agent"],
  globalInputs: readonly string[],
): NarrowedAtom["params"] {
  // It comes from where JSON comes from, as `derive` says.
  return {
    agent,
    inputs: inputs ?? null,
    globalInputs,
    outputs: agent.write,
    scratch: [],
  } as unknown as NarrowedAtom["params"];
}

function paramsIn(atom: Atom, globalInputs: readonly string[]): Params {
  const { command = [], inputs, outputs = [], scratch = [], env = {}, variables = [] } = atom;
  return { command, inputs: inputs ?? null, globalInputs, outputs, scratch, env, variables };
}

function said({
  cpu,
  memoryMb,
  mutex,
}: NonNullable<Atom["resources"]>): NonNullable<NarrowedAtom["resources"]> & object {
  return {
    ...(cpu === undefined ? {} : { cpu }),
    ...(memoryMb === undefined ? {} : { memoryMb }),
    ...(mutex === undefined ? {} : { mutex }),
  };
}
