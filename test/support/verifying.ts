import { spawnSync } from "node:child_process";
import { symbiotic, type Ran } from "./binary.ts";
import { createRepository, type Files, type TestRepository } from "./repository.ts";

/** Whether bubblewrap is here and may be used. */
export const isBound: boolean = spawnSync("bwrap", ["--dev-bind", "/", "/", "--", "/bin/sh", "-c", ":"]).status === 0;
/** Both ways to keep a task from what it does not declare, as far as this machine has them. */
export const WAYS: readonly string[] = [...(isBound ? ["bubblewrap"] : []), "copied"];

/** Prints files, each named by its path from the project `web`. */
const READ =
  "for (const path of process.argv.slice(2)) process.stdout.write(require('node:fs').readFileSync(path, 'utf8'));\n";

const FILES: Files = {
  ".gitignore": "node_modules/\ndist/\n*.local\n",
  "read.cjs": READ,
  "core/package.json": '{ "name": "core", "version": "1.0.0" }\n',
  "core/src/core.txt": "core\n",
  "shared/rates.json": "{}\n",
  "web/package.json": '{ "name": "web", "version": "1.0.0" }\n',
  "web/src/a.txt": "a\n",
};

/** What all atoms of the tests say. */
export const OWN: object = { inputs: ["src/**", "/read.cjs"], only: ["web"] };

/** A command atom of the project `web`, whose inputs are its sources. */
export function reading(...paths: readonly string[]): object {
  return { command: ["node", "../read.cjs", ...paths], ...OWN };
}

/** A command atom of the project `web` that is a script of Node. */
export function running(script: string, more: object = {}): object {
  return { command: ["node", "-e", script], ...OWN, ...more };
}

/** Two projects, and a folder that is in none. */
export function repositoryOf(atoms: Readonly<Record<string, object>>, files: Files = {}): TestRepository {
  const config = `export default ${JSON.stringify({ atoms, disable: ["python", "ruff", "pytest"] })};\n`;
  return createRepository({ ...FILES, "symbiotic.config.ts": config, ...files });
}

/** Verifies tasks in one of the ways. */
export function verify(repository: TestRepository, way: string, ...args: readonly string[]): Promise<Ran> {
  return symbiotic(repository, ["verify-inputs", ...args, ...(way === "copied" ? ["--copied"] : [])]);
}

/** What the command tells of a task. */
export interface Told {
  readonly task: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly isolation: string | null;
  readonly runs: number;
  readonly missed: readonly { readonly path: string; readonly producer: string | null }[];
  readonly variables: readonly string[];
  readonly writes: readonly { readonly path: string; readonly change: string }[];
}

/** Verifies tasks; gives what is told of each. */
export async function told(
  repository: TestRepository,
  way: string,
  ...args: readonly string[]
): Promise<readonly Told[]> {
  const { stdout } = await verify(repository, way, ...args, "--json");
  return (JSON.parse(stdout) as { readonly tasks: readonly Told[] }).tasks;
}

/** Each task with the paths that it missed. */
export async function missedBy(repository: TestRepository, way: string, ...args: readonly string[]): Promise<object> {
  const tasks = await told(repository, way, ...args);
  return Object.fromEntries(tasks.map(({ task, missed }) => [task, missed.map(({ path }) => path)]));
}
