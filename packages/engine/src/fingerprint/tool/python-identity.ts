import type { DistributionIdentity, InterpreterIdentity } from "./identity.ts";
import { withSources } from "./digest-sources.ts";
import type { RepoPath } from "../../core/path.ts";
import type { Survey, SurveyedEnvironment } from "./survey.ts";

/** Whether a task has the sources in a folder of the repository among its inputs. */
export type IsInput = (folder: RepoPath) => boolean;

/** The same environment, with the digests of sources that are installed in it and are no inputs of the task. */
export function withForeignSources(
  surveyed: SurveyedEnvironment,
  isInput: IsInput,
  { host, memo, now }: Survey,
): SurveyedEnvironment {
  const isForeign = (folder: RepoPath | undefined): boolean => folder !== undefined && !isInput(folder);
  const distributions = surveyed.distributions.map((each) =>
    withSources(each, isForeign, { root: host.root, memo, now }),
  );
  return { ...surveyed, distributions };
}

/** What a result depends on in a Python environment: the interpreter, and everything that it can import. */
export function pythonIdentity({ facts, distributions }: SurveyedEnvironment): {
  readonly interpreter: InterpreterIdentity;
  readonly distributions: readonly DistributionIdentity[];
} {
  const { implementation, version, abi } = facts;
  return {
    interpreter: { implementation, version, abi },
    distributions: distributions.map(({ name, version, record }) => [name, version, record] as const),
  };
}
