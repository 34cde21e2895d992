import { namedIn } from "../execute/withheld.ts";
import { candidatesOf } from "./candidates.ts";
import { minimise } from "./minimise.ts";
import type { Observation } from "./observation.ts";
import { observe } from "./observe.ts";
import type { Subject } from "./subject.ts";
import type { Trial } from "./trial.ts";
import type { VerifyHost } from "./verify-host.ts";

/**
 * Variables of the user's environment that a task names when it does not end well, that are withheld from it, and with
 * which it does end well. None where it ends well without, or does not with them.
 */
export async function lackedVariables(
  subject: Subject,
  all: Observation,
  { trial, host }: { readonly trial: Trial; readonly host: VerifyHost },
): Promise<readonly string[]> {
  if (all.status === "ok" || host.signal.aborted) return [];
  const names = namedIn(`${all.log}\n${all.summary}\n${all.evidence}`, subject.prepared.variables.withheld);
  const paths = [...subject.declared, ...candidatesOf(subject, host).items.map(({ path }) => path)];
  const passes = async (given: readonly string[]): Promise<boolean> =>
    (await observe(withVariables(subject, given, host), paths, host)).status === "ok";
  if (names.length === 0 || !(await passes(names))) return [];
  return (await minimise(names, passes, trial.mayAsk)).items;
}

/** The task with further variables of the user's environment. */
export function withVariables(subject: Subject, names: readonly string[], { environment }: VerifyHost): Subject {
  const { prepared } = subject;
  const further = names.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const given = { ...prepared.variables.given, ...Object.fromEntries(further) };
  return { ...subject, prepared: { ...prepared, variables: { ...prepared.variables, given } } };
}
