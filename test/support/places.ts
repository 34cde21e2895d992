import { existsSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const ROOT: string = resolve(fileURLToPath(import.meta.url), "../../..");

const isWindows = process.platform === "win32";

/** The folder of the virtual environment that set-up makes: real ruff, real pytest. */
export const PYTHON_BIN: string = join(ROOT, ".cache/python", isWindows ? "Scripts" : "bin");

/** The file that `symbiotic` on a command line leads to. */
export const BINARY: string = join(ROOT, "packages/cli/bin/symbiotic.js");

/** The zod of the tests' plugins, which `scripts/vitest/slim-zod.mjs` makes. */
export const SLIM_ZOD: string = join(ROOT, ".cache/slim/node_modules/zod");

/** PATH of everything that the tests start: the tests' Python first, then the Node that runs them, then the machine. */
export const TEST_PATH: string = [PYTHON_BIN, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);

/** The Nodes of set-up that are not the one that runs the tests. */
export type OtherNode = "20.19.5" | "22.18.0";

/** A Node that set-up has installed; says what to do where it has not. */
export function nodeOf(version: OtherNode): string {
  const file = join(ROOT, ".cache/nodes", version, "node_modules/node/bin", isWindows ? "node.exe" : "node");
  if (!existsSync(file)) throw new Error(`Node ${version} is not installed: run \`node scripts/setup.mjs\``);
  return file;
}
