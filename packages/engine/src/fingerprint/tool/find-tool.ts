import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { ToolSpec } from "../../plugin/tool.ts";
import type { RepoPath } from "../../core/path.ts";
import { displayOfFile, displayOfPython } from "./display.ts";
import { normalizeDistribution } from "./distributions.ts";
import { locateEnvironment, type PythonEnvironment } from "./environment.ts";
import { executableIdentity, fileDigest } from "./executable-identity.ts";
import { findProgram } from "./host.ts";
import type { FoundTool } from "./found-tool.ts";
import { INSTALLED_TOOLS, installedPrograms, installedToolFolder, isInstalled } from "./installed-tools.ts";
import { findNodePackage, nodePackagePlaces } from "./node-package.ts";
import { type IsInput, pythonIdentity, withForeignSources } from "./python-identity.ts";
import { findShown, hiddenByShim } from "./shim.ts";
import type { Survey, SurveyedEnvironment } from "./survey.ts";

/** Why no tool was found. */
export interface Missing {
  /** The tools that would have done. */
  readonly names: readonly string[];
  /** Where they were looked for, for people: `.venv`, `PATH`. */
  readonly lookedIn: readonly string[];
  /** That `symbiotic doctor --install` would bring one of them. */
  readonly canInstall: boolean;
  /** Why nobody can say whether one is there: a sandbox shows less than its user has. */
  readonly hidden?: Diagnostic;
}

/** Where to look for a tool. */
export interface ToolPlace {
  /** The project's folder. */
  readonly folder: RepoPath;
  /** A project's environments, most trusted first. */
  readonly environments: readonly PythonEnvironment[];
  readonly survey: Survey;
  /** This Node, absolute. */
  readonly node: string;
  /** Says for an environment that is one project's alone what that project has among its inputs; undefined for a shared one. */
  readonly inputsIn?: (environment: PythonEnvironment) => IsInput | undefined;
}

type Spec<K extends ToolSpec["kind"]> = Extract<ToolSpec, { kind: K }>;

/** The first of the tools that is there, in the first environment that has it; else the first that was installed for the repository. */
export function resolveTool(specs: readonly ToolSpec[], place: ToolPlace): Result<FoundTool, Missing> {
  const found = firstOf(specs, (spec) => find(spec, place)) ?? firstOf(specs, (spec) => findInstalled(spec, place));
  if (found !== undefined) return ok(found);
  const hidden = hiddenByShim(place.survey.host, namesOnPath(specs));
  return fail({
    ...(hidden === undefined ? {} : { hidden }),
    names: [...new Set(specs.map(({ name }) => name))],
    lookedIn: lookedIn(specs, place),
    canInstall: specs.some(({ install }) => install !== undefined),
  });
}

function namesOnPath(specs: readonly ToolSpec[]): readonly string[] {
  return specs.flatMap((spec) => [
    ...("bin" in spec ? [spec.bin] : []),
    ...(spec.kind.startsWith("python-") ? ["python3", "python"] : []),
  ]);
}

function lookedIn(specs: readonly ToolSpec[], { environments }: ToolPlace): string[] {
  const isIn = (kind: string): boolean => specs.some((spec) => spec.kind.startsWith(kind));
  return [
    ...(isIn("python-") ? environments.map(({ origin }) => origin) : []),
    ...(isIn("node-package") ? ["node_modules"] : []),
    ...(isIn("path-") && !environments.some(({ origin }) => origin === "PATH") ? ["PATH"] : []),
    ...(specs.some(({ install }) => install !== undefined) ? [INSTALLED_TOOLS] : []),
  ];
}

function find(spec: ToolSpec, place: ToolPlace): FoundTool | undefined {
  switch (spec.kind) {
    case "python-executable":
      return firstOf(place.environments, (environment) => findExecutable(spec, environment, place.survey));
    case "python-module":
      return firstOf(place.environments, (environment) => findModule(spec, environment, place));
    case "node-module":
      return findNodeModule(spec, place);
    case "node-package":
      return findNodePackage(spec, nodePackagePlaces(place.survey.host.root, place.folder), {
        ...place,
        origin: "node_modules",
      });
    case "path-executable":
      return findOnlyOnPath(spec, place.survey);
  }
}

/** The tool where `symbiotic doctor --install` puts it, in the release that the plugin names. */
function findInstalled(spec: ToolSpec, place: ToolPlace): FoundTool | undefined {
  const { install } = spec;
  const { host } = place.survey;
  if (install === undefined || !isInstalled(host.root, install)) return undefined;
  const folder = installedToolFolder(install);
  switch (spec.kind) {
    case "python-executable":
    case "python-module": {
      const own = locateEnvironment({ ecosystem: "python", kind: "directory", path: folder }, host);
      return own && find(spec, { ...place, environments: [own] });
    }
    case "node-package":
      return findNodePackage(spec, [resolve(host.root, folder)], { ...place, origin: folder });
    case "path-executable": {
      const path = findProgram(host, installedPrograms(host.root, install), spec.bin);
      return path === undefined ? undefined : nativeTool(spec, path, { survey: place.survey, origin: folder });
    }
    case "node-module":
      return undefined;
  }
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function findExecutable(
  spec: Spec<"python-executable">,
  environment: PythonEnvironment,
  survey: Survey,
): FoundTool | undefined {
  const { directory, binDirectory, origin } = environment;
  const { host } = survey;
  const path = directory === null ? findShown(host, spec.bin) : findProgram(host, binDirectory, spec.bin);
  const identity = path === undefined ? undefined : executableIdentity({ ...spec, path }, survey);
  if (path === undefined || identity === undefined) return undefined;
  return {
    resolved: { ...commonOf(spec), version: identity.version, detected: [], argv: ["{tool}"], origin },
    substitutions: { "{tool}": path },
    display: [directory === null ? spec.bin : displayOfFile(path, host)],
    identity,
  };
}

function findModule(
  spec: Spec<"python-module">,
  environment: PythonEnvironment,
  { survey, inputsIn }: ToolPlace,
): FoundTool | undefined {
  const surveyed = survey.environment(environment);
  const versions = new Map(surveyed?.distributions.map(({ name, version }) => [name, version]));
  const version = versions.get(normalizeDistribution(spec.distribution));
  if (surveyed === undefined || version === undefined) return undefined;
  const isInput = inputsIn?.(environment);
  const detected = (spec.detects ?? []).filter((name) => versions.has(normalizeDistribution(name)));
  return {
    resolved: {
      ...commonOf(spec),
      version,
      detected,
      argv: ["{python}", "-m", spec.module],
      origin: environment.origin,
    },
    substitutions: { "{python}": interpreterOf(surveyed) },
    display: [displayOfPython(environment, survey.host), "-m", spec.module],
    identity: {
      kind: "python",
      name: spec.name,
      version,
      ...pythonIdentity(isInput === undefined ? surveyed : withForeignSources(surveyed, isInput, survey)),
    },
  };
}

/** An environment's own program, which knows the environment; for what PATH leads to, what a shim chose. */
function interpreterOf({ environment, facts }: SurveyedEnvironment): string {
  return environment.directory === null ? facts.executable : environment.python;
}

function findNodeModule(spec: Spec<"node-module">, { survey, node }: ToolPlace): FoundTool | undefined {
  const path = fileURLToPath(spec.url);
  if (!existsSync(path)) return undefined;
  const { name, version } = spec;
  return {
    resolved: { ...commonOf(spec), version, detected: [], argv: ["{node}", "{module}"], origin: "built in" },
    substitutions: { "{node}": node, "{module}": path },
    display: ["node", displayOfFile(path, survey.host)],
    identity: { kind: "node", name, version, sha256: fileDigest(path, survey) },
  };
}

function findOnlyOnPath(spec: Spec<"path-executable">, survey: Survey): FoundTool | undefined {
  const path = findShown(survey.host, spec.bin);
  return path === undefined ? undefined : nativeTool(spec, path, { survey, origin: "PATH" });
}

function nativeTool(
  spec: Spec<"path-executable">,
  path: string,
  { survey, origin }: { readonly survey: Survey; readonly origin: string },
): FoundTool | undefined {
  const identity = executableIdentity({ ...spec, path }, survey);
  if (identity === undefined) return undefined;
  return {
    resolved: { ...commonOf(spec), version: identity.version, detected: [], argv: ["{tool}"], origin },
    substitutions: { "{tool}": path },
    display: [origin === "PATH" ? spec.bin : displayOfFile(path, survey.host)],
    identity,
  };
}

function commonOf({ name, advisory }: ToolSpec): { readonly name: string; readonly advisory: boolean } {
  return { name, advisory: advisory ?? false };
}
