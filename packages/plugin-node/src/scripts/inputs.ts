import { joinRepo, type Inputs, type RepoPath } from "@symbiotic-build/engine";
import { LOCK_FILES } from "../manager.ts";
import type { ScriptParams } from "./params.ts";

/** Variables that Node and the tools around it read, wherever they run. */
const VARIABLES = ["CI", "NODE_ENV", "NODE_OPTIONS", "NODE_PATH", "TZ"];

/** Files at the workspace's root that hold settings for the packages in it. */
const SETTINGS = [
  "*.{json,jsonc,json5,js,cjs,mjs,ts,cts,mts,yaml,yml,toml}",
  ".*rc",
  ".*rc.*",
  ".*ignore",
  ".nvmrc",
  ".node-version",
  ".editorconfig",
  ".yarnrc.yml",
  ".browserslistrc",
  ".npmrc",
];

const known = new WeakMap<ScriptParams, Map<RepoPath, Inputs>>();

/** Everything that a script's result depends on; `root`: the workspace's folder. The same answer is the same object. */
export function scriptInputs(params: ScriptParams, root: RepoPath): Inputs {
  const byRoot = known.get(params) ?? new Map<RepoPath, Inputs>();
  known.set(params, byRoot);
  const made = byRoot.get(root) ?? makeInputs(params, root);
  byRoot.set(root, made);
  return made;
}

function makeInputs({ inputs, outputs, scratch, global, variables, platform }: ScriptParams, root: RepoPath): Inputs {
  const made = outputs.flatMap(notBelow);
  const kept = scratch.flatMap(notBelow);
  const named = inputs ?? ["**/*", "^**/*"];
  const files = inGlobs(named, "");
  const upstream = inGlobs(named, "^");
  const repository = [...inGlobs(named, "/"), ...global];
  const settingsFiles = inputs === null ? settingsIn(root) : [];
  return {
    files: [...wholeWhere(files), "package.json", ...made, ...kept],
    ...(upstream.some(isWanted) ? { upstreamFiles: [...upstream, ...made] } : {}),
    ...(repository.length + settingsFiles.length > 0 ? { repositoryFiles: [...repository, ...settingsFiles] } : {}),
    variables: [...new Set([...VARIABLES, ...variables])],
    resolved: true,
    platform,
  };
}

/** Where it is only said what does not count, all else does. */
function wholeWhere(globs: readonly string[]): readonly string[] {
  return globs.length > 0 && !globs.some(isWanted) ? ["**/*", ...globs] : globs;
}

function isWanted(glob: string): boolean {
  return !glob.startsWith("!");
}

/** The globs of one kind: without a mark, or with `^` or `/` in front; `!` stands before the mark. */
function inGlobs(globs: readonly string[], mark: "" | "^" | "/"): string[] {
  return globs.flatMap((glob) => {
    const [, not = "", own = "", rest = ""] = /^(!?)([\^/]?)(.*)$/s.exec(glob) ?? [];
    return own === mark ? [`${not}${tidy(rest)}`] : [];
  });
}

function tidy(glob: string): string {
  return glob.replace(/^\.\//, "").replace(/\/$/, "/**");
}

function notBelow(path: string): string[] {
  const plain = path.replace(/^\.\//, "").replace(/\/+$/, "");
  return path.startsWith("!") ? [] : [`!${plain}`, `!${plain}/**`];
}

/** Lockfiles and manifests are read for what they say of each package, not for their bytes. */
function settingsIn(root: RepoPath): string[] {
  const locks = LOCK_FILES.map(({ file }) => `!${joinRepo(root, file)}`);
  return [...SETTINGS.map((glob) => joinRepo(root, glob)), `!${joinRepo(root, "package.json")}`, ...locks];
}
