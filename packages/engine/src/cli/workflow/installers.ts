import { existsSync } from "node:fs";
import { join } from "node:path";
import { INSTALLERS, type Installer } from "../../core/installer.ts";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { findOnPath, findProgram, WINDOWS, type Host } from "../../fingerprint/tool/host.ts";
import type { WorkflowOptions } from "../../plugin/command.ts";
import { records } from "../../workspace/git/records.ts";
import { gitOutput, type Repository } from "../../workspace/git/repository.ts";
import { detectInstalls, type InstallStep } from "../../worktree/detect-installs.ts";

/** Where the programs of environments lie in a folder. */
const ENVIRONMENTS: readonly (readonly string[])[] = [
  [".venv", WINDOWS ? "Scripts" : "bin"],
  ["node_modules", ".bin"],
];

/** How people come by them. */
const HOW: Readonly<Record<Installer, string>> = {
  uv: "`pipx install uv`, or see docs.astral.sh/uv",
  poetry: "`pipx install poetry`, or see python-poetry.org",
  pip: "install Python 3",
  pnpm: "`corepack enable pnpm`, or see pnpm.io",
  yarn: "`corepack enable yarn`, or see yarnpkg.com",
  npm: "it comes with Node.js",
};

/** Which installs are wanted. */
export type Installs = Pick<WorkflowOptions, "skipInstalls" | "installs">;

/** What the lockfiles of a commit ask for and may be installed. What lies in the user's tree and is not committed is no part of it. */
export function installsOf(
  repository: Repository,
  commit: string,
  { skipInstalls, installs }: Installs,
): Result<readonly InstallStep[], Diagnostic> {
  if (skipInstalls) return ok([]);
  const listed = gitOutput(repository, ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit]);
  if (!listed.ok) return listed;
  return ok(
    detectInstalls({
      files: records(listed.value),
      isInMain: (path) => existsSync(join(repository.root, path)),
      platform: process.platform,
      allows: (installer) => installs?.includes(installer) ?? true,
    }),
  );
}

/** What is missing of what a commit asks for: looked for before anything is begun, so that it is told once and not by every issue. */
export function missingInstallers(repository: Repository, how: Installs, host: Host): readonly Diagnostic[] {
  if (repository.head === null) return [];
  const steps = installsOf(repository, repository.head, how);
  // Where git does not say it, the work trees will.
  if (!steps.ok) return [];
  const missing = new Map<string, Diagnostic>();
  for (const step of steps.value) {
    const [name = ""] = step.commands[0] ?? [];
    if (missing.has(name) || findInstaller(host, name, step.folder) !== undefined) continue;
    missing.set(name, installerMissing(step, how));
  }
  return [...missing.values()];
}

/**
 * The program that installs, absolute: of the environment that the user's own tree (`root` of the host) has for the folder or at its root,
 * else on PATH. None that a branch brings.
 */
export function findInstaller(host: Host, name: string, folder: RepoPath): string | undefined {
  const places = [...new Set([folder, "."])].flatMap((each) =>
    ENVIRONMENTS.map((parts) => join(host.root, each, ...parts)),
  );
  const own = places.map((place) => findProgram(host, place, name)).find((program) => program !== undefined);
  return own ?? findOnPath(host, name);
}

/** That a program is missing which a lockfile asks for, how to come by it, and how to go on without. */
export function installerMissing(
  { installer, commands, lockfiles }: Pick<InstallStep, "installer" | "commands" | "lockfiles">,
  { installs = INSTALLERS }: Pick<WorkflowOptions, "installs">,
): Diagnostic {
  const name = commands[0]?.[0] ?? installer;
  const [file = "a lockfile"] = lockfiles;
  const others = installs.filter((each) => each !== installer).map((each) => JSON.stringify(each));
  return errorOf("SYM7540", `\`${name}\` is not installed, and ${file} asks for it in the work tree of each issue`, {
    ...(lockfiles.length === 0 ? {} : { location: { file } }),
    hint: `${HOW[installer]}; to go on without it: \`issues: { installs: [${others.join(", ")}] }\`, or --skip-installs for none at all`,
  });
}
