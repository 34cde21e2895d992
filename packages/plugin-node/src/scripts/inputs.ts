import { joinRepo, type Inputs, type RepoPath } from "@symbiotic-build/engine";
import type { ScriptSettings } from "../options.ts";
import { LOCK_FILES } from "../manager.ts";

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

/** What the inputs of a script are made from. */
export interface InputsQuestion {
  readonly settings: ScriptSettings;
  /** The workspace's folder. */
  readonly root: RepoPath;
  /** Globs over the whole repository that are inputs of every script. */
  readonly global: readonly string[];
}

const known = new WeakMap<ScriptSettings, Map<RepoPath, Inputs>>();

/** Everything that a script's result depends on; the same answer is the same object. */
export function scriptInputs(question: InputsQuestion): Inputs {
  const byRoot = known.get(question.settings) ?? new Map<RepoPath, Inputs>();
  known.set(question.settings, byRoot);
  const made = byRoot.get(question.root) ?? makeInputs(question);
  byRoot.set(question.root, made);
  return made;
}

function makeInputs({ settings, root, global }: InputsQuestion): Inputs {
  const made = settings.outputs?.flatMap(notBelow) ?? [];
  const kept = settings.scratch?.flatMap(notBelow) ?? [];
  const named = settings.inputs ?? ["**/*", "^**/*"];
  const files = inGlobs(named, "");
  const upstream = inGlobs(named, "^");
  const repository = [...inGlobs(named, "/"), ...global];
  const settingsFiles = settings.inputs === undefined ? settingsIn(root) : [];
  return {
    files: [...wholeWhere(files), "package.json", ...made, ...kept],
    ...(upstream.some(isWanted) ? { upstreamFiles: [...upstream, ...made] } : {}),
    ...(repository.length + settingsFiles.length > 0 ? { repositoryFiles: [...repository, ...settingsFiles] } : {}),
    variables: [...new Set([...VARIABLES, ...(settings.variables ?? [])])],
    resolved: true,
    platform: settings.platform ?? true,
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
