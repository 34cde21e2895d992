import { normalizeDistribution } from "./distributions.ts";
import type { PythonEnvironment } from "./environment.ts";
import { displayOfPython } from "./display.ts";
import type { Survey } from "./survey.ts";

/** An environment for people: what `doctor` shows. */
export interface EnvironmentDescription {
  readonly origin: string;
  /** How a person would type its interpreter, from the repository root. */
  readonly python: string;
  /** `cpython 3.11.7`; absent where the interpreter does not run. */
  readonly version?: string;
  /** The versions of those distributions that are installed in it. */
  readonly installed: Readonly<Record<string, string>>;
  /** How many distributions it can import in all. */
  readonly distributions: number;
}

/** Describes an environment, and which of these distributions it has. */
export function describeEnvironment(
  environment: PythonEnvironment,
  distributions: readonly string[],
  survey: Survey,
): EnvironmentDescription {
  const surveyed = survey.environment(environment);
  const common = { origin: environment.origin, python: displayOfPython(environment, survey.host) };
  if (surveyed === undefined) return { ...common, installed: {}, distributions: 0 };
  const wanted = new Map(distributions.map((name) => [normalizeDistribution(name), name]));
  const installed = surveyed.distributions.flatMap(({ name, version }) => {
    const asked = wanted.get(name);
    return asked === undefined ? [] : [[asked, version] as const];
  });
  return {
    ...common,
    version: `${surveyed.facts.implementation} ${surveyed.facts.version}`,
    installed: Object.fromEntries(installed),
    distributions: surveyed.distributions.length,
  };
}
