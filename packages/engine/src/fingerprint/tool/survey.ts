import { distributionsIn, type Distribution } from "./distributions.ts";
import { withSources, type IsListed } from "./digest-sources.ts";
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
  /** Whether the files below a folder of the repository are among those that inputs are chosen from. */
  readonly isListed: IsListed;
  /** What is installed in an environment; nothing where its interpreter does not run. */
  environment(environment: PythonEnvironment): SurveyedEnvironment | undefined;
}

/** Begins a look at the machine. `memo` carries what an earlier one learned. */
export function createSurvey(host: Host, memo: Memo, isListed: IsListed = () => true): Survey {
  const seen = new Map<string, SurveyedEnvironment | undefined>();
  return {
    host,
    memo,
    isListed,
    environment(environment) {
      const { python } = environment;
      if (!seen.has(python)) seen.set(python, lookAt(environment, { host, memo, isListed }));
      const known = seen.get(python);
      return known && { ...known, environment };
    },
  };
}

function lookAt(environment: PythonEnvironment, parts: Pick<Survey, "host" | "memo" | "isListed">): SurveyedEnvironment | undefined {
  const { host, memo, isListed } = parts;
  const facts = interpreterFacts(environment, host, memo);
  if (facts === undefined) return undefined;
  // Sources that no task has among its inputs: they lie elsewhere, or git ignores them, as it does what pip checks out.
  const isUnknown = (folder: string | undefined): boolean => folder === undefined || !isListed(folder);
  const distributions = distributionsIn(facts.sites, memo).map((each) => withSources(each, isUnknown, { root: host.root, memo }));
  return { environment, facts, distributions };
}
