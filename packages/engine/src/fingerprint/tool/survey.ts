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
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
  /** What is installed in an environment; nothing where its interpreter does not run. */
  environment(environment: PythonEnvironment): SurveyedEnvironment | undefined;
}

/** What a look at the machine may be given beside it. */
export interface SurveyOptions {
  /** Without it all sources in the repository are listed. */
  readonly isListed?: IsListed;
  /** Without it nothing of sources is remembered. */
  readonly now?: () => number;
}

/** Begins a look at the machine. `memo` carries what an earlier one learned. */
export function createSurvey(
  host: Host,
  memo: Memo,
  { isListed = () => true, now = () => 0 }: SurveyOptions = {},
): Survey {
  const seen = new Map<string, SurveyedEnvironment | undefined>();
  return {
    host,
    memo,
    isListed,
    now,
    environment(environment) {
      const { python } = environment;
      if (!seen.has(python)) seen.set(python, lookAt(environment, { host, memo, isListed, now }));
      const known = seen.get(python);
      return known && { ...known, environment };
    },
  };
}

function lookAt(
  environment: PythonEnvironment,
  parts: Pick<Survey, "host" | "memo" | "isListed" | "now">,
): SurveyedEnvironment | undefined {
  const { host, memo, isListed, now } = parts;
  const facts = interpreterFacts(environment, host, memo);
  if (facts === undefined) return undefined;
  // Sources that no task has among its inputs: they lie elsewhere, or git ignores them, as it does what pip checks out.
  const isUnknown = (folder: string | undefined): boolean => folder === undefined || !isListed(folder);
  const distributions = distributionsIn(facts.sites, memo).map((each) =>
    withSources(each, isUnknown, { root: host.root, memo, now }),
  );
  return { environment, facts, distributions };
}
