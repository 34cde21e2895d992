import type { Installer } from "../core/installer.ts";
import { byCodeUnit } from "../core/json.ts";
import { joinRepo, parentOf, type RepoPath } from "../core/path.ts";

/** One thing to install, and what its result depends on. */
export interface InstallStep {
  readonly installer: Installer;
  /** The folder in which it runs. */
  readonly folder: RepoPath;
  /** What is run, one after the other. */
  readonly commands: readonly (readonly string[])[];
  /** Files whose contents decide what is installed. */
  readonly lockfiles: readonly RepoPath[];
  /** What it makes; it runs again where that is gone. Undefined where the tool keeps it elsewhere. */
  readonly makes?: RepoPath;
}

/** What is known of a worktree before anything is installed in it. */
export interface InstallFacts {
  /** All files that git has of it. */
  readonly files: readonly RepoPath[];
  /** Whether something lies at a path of the user's own work tree. */
  readonly isInMain: (path: RepoPath) => boolean;
  readonly platform: NodeJS.Platform;
  /** Whether an installer may be used; all where it is not said. Where one may not, the next that a folder asks for counts. */
  readonly allows?: (installer: Installer) => boolean;
}

interface Rule {
  readonly lockfile: string;
  readonly installer: Installer;
  readonly argv: readonly string[];
  readonly makes?: string;
}

/** Of each list the first one that a folder has. */
const PYTHON: readonly Rule[] = [
  { lockfile: "uv.lock", installer: "uv", argv: ["uv", "sync", "--frozen"], makes: ".venv" },
  { lockfile: "poetry.lock", installer: "poetry", argv: ["poetry", "install", "--no-interaction"] },
];
const NODE: readonly Rule[] = [
  {
    lockfile: "pnpm-lock.yaml",
    installer: "pnpm",
    argv: ["pnpm", "install", "--frozen-lockfile"],
    makes: "node_modules",
  },
  { lockfile: "yarn.lock", installer: "yarn", argv: ["yarn", "install", "--immutable"] },
  { lockfile: "package-lock.json", installer: "npm", argv: ["npm", "ci"], makes: "node_modules" },
  { lockfile: "npm-shrinkwrap.json", installer: "npm", argv: ["npm", "ci"], makes: "node_modules" },
];
const MANIFESTS = ["pyproject.toml", "package.json"];
const INSTALLED = /(?:^|\/)(?:node_modules|\.venv|site-packages)(?:\/|$)/;

/**
 * What to install in a worktree, by the lockfiles that it has, in order of folders. Where there is only a list of requirements, an
 * environment is made for those who have one in their own tree: others install in another way. Pure.
 */
export function detectInstalls(facts: InstallFacts): readonly InstallStep[] {
  const files = new Set(facts.files.filter((path) => !INSTALLED.test(path)));
  const { allows = () => true } = facts;
  const [python, node] = [PYTHON, NODE].map((rules) => rules.filter(({ installer }) => allows(installer)));
  const folders = [...new Set([...files].map(parentOf))].sort(byCodeUnit);
  return folders.flatMap((folder) => [
    ...(locked(files, folder, python ?? []) ?? (allows("pip") ? unlocked(files, folder, facts) : [])),
    ...(locked(files, folder, node ?? []) ?? []),
  ]);
}

function locked(
  files: ReadonlySet<RepoPath>,
  folder: RepoPath,
  rules: readonly Rule[],
): readonly InstallStep[] | undefined {
  const rule = rules.find(({ lockfile }) => files.has(joinRepo(folder, lockfile)));
  if (rule === undefined) return undefined;
  const decide = [rule.lockfile, ...MANIFESTS].map((name) => joinRepo(folder, name));
  const makes = rule.makes === undefined ? {} : { makes: joinRepo(folder, rule.makes) };
  return [
    {
      installer: rule.installer,
      folder,
      commands: [rule.argv],
      lockfiles: decide.filter((path) => files.has(path)),
      ...makes,
    },
  ];
}

function unlocked(
  files: ReadonlySet<RepoPath>,
  folder: RepoPath,
  { isInMain, platform }: InstallFacts,
): readonly InstallStep[] {
  const has = (name: string): boolean => files.has(joinRepo(folder, name));
  const environment = joinRepo(folder, ".venv");
  const what = has("requirements.txt") ? ["-r", "requirements.txt"] : has("pyproject.toml") ? ["-e", "."] : undefined;
  if (what === undefined || !isInMain(environment)) return [];
  const [python, inside] =
    platform === "win32" ? ["python", ".venv\\Scripts\\python.exe"] : ["python3", ".venv/bin/python"];
  const install = [inside, "-m", "pip", "install", "--disable-pip-version-check", ...what];
  const lockfiles = ["requirements.txt", "pyproject.toml", "setup.py", "setup.cfg"].filter(has);
  return [
    {
      ...{ installer: "pip", folder, commands: [[python, "-m", "venv", ".venv"], install] },
      lockfiles: lockfiles.map((name) => joinRepo(folder, name)),
      makes: environment,
    },
  ];
}
