import { mkdirSync, rmSync } from "node:fs";
import { isAbsolute, join, resolve } from "node:path";
import { execa } from "execa";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { makeOwnFolder } from "../../fingerprint/files/own-folder.ts";
import { findOnPath, type Host, WINDOWS } from "../../fingerprint/tool/host.ts";
import { installedToolFolder, markInstalled } from "../../fingerprint/tool/installed-tools.ts";
import type { ToolInstall } from "../../plugin/tool.ts";

/** Where a release is installed, and with what. */
export interface InstallHost extends Host {
  readonly signal: AbortSignal;
}

/** One process of an installation. */
interface Step {
  /** A program by its name on PATH, or its absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Installs a release into its folder below `.symbiotic/tools`; what was there is replaced. It counts only once all of it is there. */
export async function installRelease(install: ToolInstall, host: InstallHost): Promise<Result<string, Diagnostic>> {
  const folder = resolve(host.root, installedToolFolder(install));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // What a tool brings is nobody's source.
  makeOwnFolder(host.root);
  for (const step of stepsOf(install, folder)) {
    const done = await take(step, install, host);
    if (!done.ok) {
      rmSync(folder, { recursive: true, force: true });
      return done;
    }
  }
  markInstalled(folder, install);
  return ok(folder);
}

function stepsOf({ registry, package: name, version }: ToolInstall, folder: string): readonly Step[] {
  switch (registry) {
    case "pypi":
      return [
        { program: WINDOWS ? "python" : "python3", args: ["-m", "venv", folder] },
        {
          program: join(folder, WINDOWS ? "Scripts/python.exe" : "bin/python"),
          args: ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", `${name}==${version}`],
        },
      ];
    case "npm": {
      const quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
      return [{ program: "npm", args: ["install", "--prefix", folder, ...quiet, `${name}@${version}`] }];
    }
    case "go":
      return [{ program: "go", args: ["install", `${name}@${version}`], env: { GOBIN: join(folder, "bin") } }];
    case "crate":
      return [
        { program: "cargo", args: ["install", "--quiet", "--locked", "--root", folder, "--version", version, name] },
      ];
  }
}

async function take(
  { program, args, env }: Step,
  install: ToolInstall,
  host: InstallHost,
): Promise<Result<null, Diagnostic>> {
  const path = isAbsolute(program) ? program : findOnPath(host, program);
  const label = `${install.package} ${install.version}`;
  if (path === undefined)
    return fail(
      errorOf("SYM8201", `${label} cannot be installed: there is no \`${program}\` on PATH`, {
        hint: `install \`${program}\`, or install the tool in the project's own environment`,
      }),
    );
  const done = await execa(path, args, {
    cwd: host.root,
    env: { ...host.env, ...env },
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    all: true,
    cancelSignal: host.signal,
    windowsHide: true,
  });
  if (!done.failed) return ok(null);
  const lines = done.all.split(/\r?\n/).filter((line) => line.trim() !== "");
  return fail(
    errorOf(
      "SYM8202",
      `${label} was not installed: ${lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? "it was stopped"}`,
      {
        hint: "look at what the installer said below; the project's own environment may have the tool instead",
        notes: lines.slice(-15),
      },
    ),
  );
}
