import { dirname, join, resolve } from "node:path";
import type { EnvironmentCandidate } from "../../plugin/tool.ts";
import { findProgram, variable, WINDOWS, type Host } from "./host.ts";
import { realPath } from "./memo.ts";
import { poetryEnvironment } from "./poetry-cache.ts";
import { findShown } from "./shim.ts";

/** A Python environment that is there. Paths are absolute and for this machine only. */
export interface PythonEnvironment {
  /** The environment's root; `null` for what PATH leads to. */
  readonly directory: string | null;
  /** The interpreter; for what PATH leads to, it may be a shim that chooses one. */
  readonly python: string;
  /** The folder of its programs. */
  readonly binDirectory: string;
  /** Where it was found, for people: `.venv`, `VIRTUAL_ENV`, `Poetry`, `PATH`. */
  readonly origin: string;
}

/** The environments that exist, in the order of the candidates; one that several candidates lead to is given once. */
export function locateEnvironments(candidates: readonly EnvironmentCandidate[], host: Host): PythonEnvironment[] {
  const found = new Map<string, PythonEnvironment>();
  for (const candidate of candidates) {
    const environment = locateEnvironment(candidate, host);
    if (environment === undefined) continue;
    const { directory, python } = environment;
    const identity = directory === null ? python : (realPath(directory) ?? directory);
    if (!found.has(identity)) found.set(identity, environment);
  }
  return [...found.values()];
}

/** The environment that a candidate leads to; nothing where there is none, or where its interpreter is gone. */
export function locateEnvironment(candidate: EnvironmentCandidate, host: Host): PythonEnvironment | undefined {
  switch (candidate.kind) {
    case "directory":
      return environmentIn(resolve(host.root, candidate.path), candidate.path, host);
    case "variable": {
      const value = variable(host, candidate.name);
      return value === undefined ? undefined : environmentIn(resolve(host.root, value), candidate.name, host);
    }
    case "poetry": {
      const directory = poetryEnvironment(candidate, host);
      return directory === undefined ? undefined : environmentIn(directory, "Poetry", host);
    }
    case "path": {
      const python = findShown(host, "python3") ?? findShown(host, "python");
      return python === undefined
        ? undefined
        : { directory: null, python, binDirectory: dirname(python), origin: "PATH" };
    }
  }
}

function environmentIn(directory: string, origin: string, host: Host): PythonEnvironment | undefined {
  const binDirectory = join(directory, WINDOWS ? "Scripts" : "bin");
  // Conda on Windows keeps the interpreter in the environment's root and the programs in Scripts.
  for (const folder of WINDOWS ? [binDirectory, directory] : [binDirectory]) {
    const python = findProgram(host, folder, "python") ?? findProgram(host, folder, "python3");
    if (python !== undefined) return { directory, python, binDirectory, origin };
  }
  return undefined;
}
