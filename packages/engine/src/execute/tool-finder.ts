import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import type { Result } from "../core/result.ts";
import { describeEnvironment, type EnvironmentDescription } from "../fingerprint/tool/describe-environment.ts";
import { locateEnvironments, type PythonEnvironment } from "../fingerprint/tool/environment.ts";
import { resolveTool, type FoundTool, type Missing } from "../fingerprint/tool/find-tool.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import { missingEnvironments } from "../fingerprint/tool/missing-environment.ts";
import { createSurvey } from "../fingerprint/tool/survey.ts";
import type { Project } from "../plugin/contract.ts";
import type { ToolSpec } from "../plugin/tool.ts";

/** Finds tools for projects; looks at each environment once. */
export interface ToolFinder {
  find(project: Project, specs: readonly ToolSpec[]): Result<FoundTool, Missing>;
  /** The environments of a project, for people, each with those of these distributions that it has. */
  describe(project: Project, distributions: readonly string[]): readonly EnvironmentDescription[];
  /** A diagnostic for each environment that the configuration names and that is not there. */
  missing(project: Project): readonly Diagnostic[];
}

/** What finding tools needs from outside. */
export interface ToolFinderHost extends Host {
  /** This Node, absolute. */
  readonly node: string;
  readonly memo: { get(key: string): JsonValue | undefined; set(key: string, value: JsonValue): void };
}

/** A finder for one run. */
export function createToolFinder(host: ToolFinderHost): ToolFinder {
  const survey = createSurvey(host, host.memo);
  const located = new Map<string, readonly PythonEnvironment[]>();
  const found = new Map<string, Result<FoundTool, Missing>>();
  const environments = (project: Project): readonly PythonEnvironment[] => {
    const key = JSON.stringify(project.environments);
    const known = located.get(key) ?? locateEnvironments(project.environments, host);
    located.set(key, known);
    return known;
  };
  return {
    describe: (project, distributions) => environments(project).map((environment) => describeEnvironment(environment, distributions, survey)),
    missing: (project) => missingEnvironments(project.environments, host),
    find(project, specs) {
      const places = environments(project);
      const key = JSON.stringify([places.map(({ python }) => python), specs]);
      const known = found.get(key) ?? resolveTool(specs, { environments: places, survey, node: host.node });
      found.set(key, known);
      return known;
    },
  };
}
