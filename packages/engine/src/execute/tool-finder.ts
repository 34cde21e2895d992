import { dirname, resolve } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { JsonValue } from "../core/json.ts";
import { isInside, joinRepo, type RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import { digestJson } from "../fingerprint/digest.ts";
import type { Digest } from "../fingerprint/record.ts";
import { describeEnvironment, type EnvironmentDescription } from "../fingerprint/tool/describe-environment.ts";
import { locateEnvironments, type PythonEnvironment } from "../fingerprint/tool/environment.ts";
import { resolveTool, type Missing } from "../fingerprint/tool/find-tool.ts";
import type { FoundTool } from "../fingerprint/tool/found-tool.ts";
import type { Host } from "../fingerprint/tool/host.ts";
import { missingEnvironments } from "../fingerprint/tool/missing-environment.ts";
import { createSurvey } from "../fingerprint/tool/survey.ts";
import type { Project } from "../plugin/project.ts";
import type { ToolSpec } from "../plugin/tool.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Finds tools for projects; looks at each environment once. */
export interface ToolFinder {
  /** `context`: the projects whose sources are inputs beside the project's own; they are asked for only where that matters. */
  find(project: ToolProject, specs: readonly ToolSpec[], context?: Upstream): Result<FoundTool, Missing>;
  /** The environments of a project, for people, each with those of these distributions that it has. */
  describe(project: Project, distributions: readonly string[]): readonly EnvironmentDescription[];
  /** What was asked so far, each question once, with a digest of the answer. */
  asked(): readonly AskedTool[];
  /** A diagnostic for each environment that the configuration names and that is not there. */
  missing(project: Project): readonly Diagnostic[];
}

/** The projects that another one depends on. */
export interface Upstream {
  readonly upstream: readonly Pick<Project, "name">[];
}

const NONE: Upstream = { upstream: [] };

/** A question for a tool, with a digest of what was found: as data, so that it can be asked again. */
export interface AskedTool {
  readonly project: ToolProject;
  readonly specs: readonly ToolSpec[];
  /** Names of projects. */
  readonly upstream: readonly string[];
  readonly answer: Digest;
}

/** What of a project the search for its tools is about. */
export type ToolProject = Pick<Project, "name" | "root" | "environments">;

/** What finding tools needs from outside. */
export interface ToolFinderHost extends Host {
  /** This Node, absolute. */
  readonly node: string;
  /** Without it sources that are installed in an environment count as inputs of every task. */
  readonly workspace?: Pick<Workspace, "files" | "owner">;
  readonly memo: { get(key: string): JsonValue | undefined; set(key: string, value: JsonValue): void };
}

/** A finder for one run. */
export function createToolFinder(host: ToolFinderHost): ToolFinder {
  const { workspace } = host;
  const isListed = (folder: RepoPath): boolean => workspace?.files.some((path) => isInside(folder, path)) ?? true;
  const survey = createSurvey(host, host.memo, { isListed, now: Date.now });
  const located = new Map<string, readonly PythonEnvironment[]>();
  const found = new Map<string, Result<FoundTool, Missing>>();
  const questions = new Map<string, Omit<AskedTool, "answer"> & { readonly key: string }>();
  const environments = ({ environments: candidates }: ToolProject): readonly PythonEnvironment[] => {
    const key = JSON.stringify(candidates);
    const known = located.get(key) ?? locateEnvironments(candidates, host);
    located.set(key, known);
    return known;
  };
  return {
    describe: (project, distributions) =>
      environments(project).map((environment) => describeEnvironment(environment, distributions, survey)),
    missing: (project) => missingEnvironments(project.environments, host),
    find(project, specs, context = NONE) {
      const places = environments(project.environments.length > 0 ? project : { ...project, environments: ANYBODYS });
      const isOwn = (environment: PythonEnvironment): boolean => isOwnEnvironment(environment, project, host.root);
      // What Node packages are found depends on the folder.
      const folder = specs.some(({ kind }) => kind === "node-package") ? project.root : "";
      const own = places.some(isOwn) ? project.name : "";
      const key = JSON.stringify([places.map(({ python }) => python), specs, own, folder]);
      let names: ReadonlySet<string> | undefined;
      const isInput = (folder: RepoPath): boolean => {
        names ??= new Set([project, ...context.upstream].map(({ name }) => name));
        return names.has(workspace?.owner(joinRepo(folder, "_"))?.name ?? "");
      };
      const inputsIn = (environment: PythonEnvironment): typeof isInput | undefined =>
        workspace !== undefined && isOwn(environment) ? isInput : undefined;
      const known =
        found.get(key) ??
        resolveTool(specs, { folder: project.root, environments: places, survey, node: host.node, inputsIn });
      found.set(key, known);
      const { name, root, environments: candidates } = project;
      // Two projects that look in different places are two questions, though they find the same: one may find another place next time.
      const question = JSON.stringify([key, candidates]);
      if (!questions.has(question)) {
        questions.set(question, {
          key,
          project: { name, root, environments: candidates },
          specs,
          upstream: context.upstream.map((each) => each.name),
        });
      }
      return known;
    },
    asked: () =>
      [...questions.values()].map(({ key, ...question }) => ({ ...question, answer: answerDigest(found.get(key)) })),
  };
}

/** Where a project that is none of Python's has tools in Python: semgrep judges any language. */
const ANYBODYS: ToolProject["environments"] = [
  { ecosystem: "python", kind: "directory", path: ".venv" },
  { ecosystem: "python", kind: "variable", name: "VIRTUAL_ENV" },
  { ecosystem: "python", kind: "path" },
];

/** Of what is in keys, and of how the tool is started and typed. */
function answerDigest(found: Result<FoundTool, Missing> | undefined): Digest {
  if (found?.ok !== true) return "";
  const { resolved, identity, display } = found.value;
  return digestJson({ resolved: { ...resolved }, identity: identity as unknown as JsonValue, display });
}

/**
 * Whether an environment is made for one project: it lies in its folder, as `.venv` does. What is installed in it from
 * elsewhere in the repository was wanted there; one that projects share has them all, and each depends on what it declares.
 */
function isOwnEnvironment({ directory }: PythonEnvironment, project: ToolProject, root: string): boolean {
  return directory !== null && dirname(directory) === resolve(root, project.root);
}
