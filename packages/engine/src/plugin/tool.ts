import type { RepoPath } from "../core/path.ts";

/**
 * Where a project's tools may be installed. Pure data: the engine looks at the disk.
 * `directory`: an environment's root. `variable`: a variable that holds one. `poetry`: Poetry's cache, for this project's
 * name and folder. `path`: whatever the program of this name on PATH belongs to.
 */
export type EnvironmentCandidate =
  | { readonly ecosystem: "python"; readonly kind: "directory"; readonly path: RepoPath; readonly configured?: boolean }
  | { readonly ecosystem: "python"; readonly kind: "variable"; readonly name: string }
  | { readonly ecosystem: "python"; readonly kind: "poetry"; readonly name: string; readonly root: RepoPath }
  | { readonly ecosystem: "python"; readonly kind: "path" };

/**
 * A tool that can do an atom's work.
 * `python-executable`: a program in the project's Python environment that does not depend on what else is installed there
 * (ruff). `python-module`: run as `python -m <name>`, with everything in the environment in its identity (pytest).
 * `node-module`: a program shipped in the plugin's own package, run with this Node.
 * `node-package`: a program of a package that the project has installed, in the nearest `node_modules` from its folder up to the
 * repository root, run with this Node (eslint).
 * `path-executable`: the program of this name on PATH (node, make).
 *
 * Where none of these is there, what `symbiotic doctor --install` put into `.symbiotic/tools` is taken.
 */
export type ToolSpec = {
  /** What evidence and messages call it; in the key. */
  readonly name: string;
  /** Results of this tool bind nobody: it stands in for one that the project does not have. */
  readonly advisory?: boolean;
  /** What `symbiotic doctor --install` puts into `.symbiotic/tools` where the project does not have the tool. */
  readonly install?: ToolInstall;
} & (
  | { readonly kind: "python-executable"; readonly bin: string; readonly version: readonly string[] }
  | {
      readonly kind: "python-module";
      readonly module: string;
      readonly distribution: string;
      /** Further distributions whose presence the command wants to know of: `["pytest-cov"]`. */
      readonly detects?: readonly string[];
    }
  | { readonly kind: "node-module"; readonly url: string; readonly version: string }
  | { readonly kind: "node-package"; readonly package: string; readonly bin: string }
  | { readonly kind: "path-executable"; readonly bin: string; readonly version: readonly string[] }
);

/** A release of a tool in its own registry. */
export interface ToolInstall {
  readonly registry: "pypi" | "npm" | "go" | "crate";
  /** As the registry knows it; for Go the path of its `main` package. */
  readonly package: string;
  /** Exactly one release, as the registry writes it: for Go with its `v`. */
  readonly version: string;
}

/** A tool that was found. */
export interface ResolvedTool {
  readonly name: string;
  readonly version: string;
  readonly advisory: boolean;
  /** Those of the spec's `detects` that are installed beside it. */
  readonly detected: readonly string[];
  /** How its command line begins. The program is written as a token that the engine replaces when it starts the process, so no absolute path is in a key. */
  readonly argv: readonly [string, ...string[]];
  /** Where it was found, for people: `.venv`, `VIRTUAL_ENV`, `PATH`, `built in`. */
  readonly origin: string;
}
