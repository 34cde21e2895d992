import { distributionsIn, type Distribution } from "./distributions.ts";
import type { PythonEnvironment } from "./environment.ts";
import type { Host } from "./host.ts";
import { interpreterFacts, type InterpreterFacts } from "./interpreter.ts";
import type { Memo } from "./memo.ts";

/** An environment whose interpreter runs, with what is installed in it. */
export interface SurveyedEnvironment {
  readonly environment: PythonEnvironment;
  readonly facts: InterpreterFacts;
  readonly distributions: readonly Distribution[];
}

/** One look at the machine: within it each environment is looked at once, so that all tasks of a run see the same. */
export interface Survey {
  readonly host: Host;
  readonly memo: Memo;
  /** What is installed in an environment; nothing where its interpreter does not run. */
  environment(environment: PythonEnvironment): SurveyedEnvironment | undefined;
}

/** Begins a look at the machine. `memo` carries what an earlier one learned. */
export function createSurvey(host: Host, memo: Memo): Survey {
  const seen = new Map<string, SurveyedEnvironment | undefined>();
  return {
    host,
    memo,
    environment(environment) {
      const { python } = environment;
      if (!seen.has(python)) seen.set(python, lookAt(environment, host, memo));
      const known = seen.get(python);
      return known && { ...known, environment };
    },
  };
}

function lookAt(environment: PythonEnvironment, host: Host, memo: Memo): SurveyedEnvironment | undefined {
  const facts = interpreterFacts(environment, host, memo);
  return facts && { environment, facts, distributions: distributionsIn(facts.sites, memo) };
}
