import type { DistributionIdentity, InterpreterIdentity } from "./identity.ts";
import type { SurveyedEnvironment } from "./survey.ts";

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
