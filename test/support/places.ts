import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of this repository. */
export const ROOT: string = resolve(fileURLToPath(import.meta.url), "../../..");

const isWindows = process.platform === "win32";

/** The folder of the virtual environment that set-up makes: real ruff, real pytest. */
const PYTHON_BIN = join(ROOT, ".cache/python", isWindows ? "Scripts" : "bin");

/** The file that `symbiotic` on a command line leads to. */
export const BINARY: string = join(ROOT, "packages/cli/bin/symbiotic.js");

/** PATH of everything that the tests start: the tests' Python first, then the Node that runs them, then the machine. */
export const TEST_PATH: string = [PYTHON_BIN, dirname(process.execPath), process.env["PATH"] ?? ""].join(delimiter);
