import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { install, makeEnvironment } from "../../packages/engine/test/support/python-environment.ts";
import { fromSource } from "./from-source.ts";
import { ROOT } from "./places.ts";
import { createRepository, type TestRepository } from "./repository.ts";
import { recordingOf } from "./validators.ts";

/** What a tool may do in the place of its work; `none` is what a release of it did when it was recorded. */
export type Fault = "none" | "signal" | "exit" | "crash" | "hang" | "flood" | "cut" | "other";

/** What a run told of one task. */
export interface ToldTask {
  readonly id: string;
  readonly status: string;
  readonly cache: string;
  readonly summary: string;
  readonly diagnostics: readonly { readonly code: string; readonly message: string; readonly hint: string | null }[];
}

/** What a run told. */
export interface ToldRun {
  /** By the name of the tool. */
  readonly tasks: ReadonlyMap<string, ToldTask>;
  readonly exitCode: number;
  readonly gates: readonly { readonly gate: string; readonly verdict: string }[];
  /** The most memory that the command's own process held, in MiB. */
  readonly peakMiB: number;
  /** Processes that a tool left which hangs. */
  readonly pids: readonly number[];
}

const FAULTY = fileURLToPath(new URL("faulty-tool.mjs", import.meta.url));

/** Distributions in the environment, which say that their module is there. */
const DISTRIBUTIONS = [
  "bandit",
  "black",
  "dbt-core",
  "great-expectations",
  "hypothesis",
  "mypy",
  "pip-audit",
  "pip-licenses",
  "pre-commit",
  "pytest",
];

/** A reason to run each of them. */
const FILES = {
  ".gitignore": ".venv/\nnode_modules/\n",
  ".pre-commit-config.yaml": "repos: []\n",
  ".prettierrc": "{}\n",
  "dbt/dbt_project.yml": "name: shop\n",
  "dbt/profiles.yml": "shop: {}\n",
  "eslint.config.js": "export default [];\n",
  "gx/great_expectations.yml": "config_version: 4\n",
  "package.json": '{ "name": "app", "private": true }\n',
  "pyproject.toml":
    '[project]\nname = "app"\nversion = "1"\ndependencies = ["hypothesis"]\n[tool.bandit]\n[tool.black]\n[tool.mypy]\n[tool.ruff]\n',
  "src/app.js": "export const one = 1;\n",
  "src/app.py": "ONE = 1\n",
  "tests/test_app.py": "def test_one(): ...\n",
};

/** The atom beside them that is well. */
export const WELL = "well";

/** A repository in which every validator has a reason to run, and finds a tool that does what a test says. */
export class FaultyTools {
  readonly #repository: TestRepository;
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
    this.#repository = createRepository(FILES);
    const { root, home } = this.#repository;
    placePython(root);
    for (const name of ["eslint", "prettier"]) placePackage(root, name);
    for (const name of ["gitleaks", "hyperfine"]) placeScript(join(home, "bin", name), name);
  }

  /** Runs everything once with tools that all do this. */
  async run(fault: Fault): Promise<ToldRun> {
    const { root, home } = this.#repository;
    const reports = Object.fromEntries(this.#names.map((name) => [name, reportOf(name)]));
    writeFileSync(join(home, "faulty-tool.json"), JSON.stringify({ fault, root, reports }));
    writeFileSync(join(root, "symbiotic.config.mjs"), configuration(fault === "hang" ? 1 : 120));
    rmSync(join(home, "hanging"), { force: true });
    const concurrency = fault === "hang" ? "8" : "2";
    const args = ["run", ...this.#names, WELL, "--continue", "--json", "--concurrency", concurrency];
    const { stdout, peakMiB } = await fromSource(this.#repository, args);
    const told = JSON.parse(stdout) as Told;
    const byName = new Map(told.tasks.map((task) => [this.#nameOf(task), task]));
    return { ...told, tasks: byName, peakMiB, pids: pidsIn(join(home, "hanging")) };
  }

  [Symbol.dispose](): void {
    this.#repository[Symbol.dispose]();
  }

  #nameOf({ id }: ToldTask): string {
    const atom = id.slice(id.indexOf(":") + 1).replaceAll("_", "-");
    return this.#names.find((name) => atom.startsWith(`run-${name}`)) ?? atom;
  }
}

type Told = Pick<ToldRun, "exitCode" | "gates"> & { readonly tasks: readonly ToldTask[] };

/** The environment's interpreter answers for itself, and for all else the faulty tool does. */
function placePython(root: string): void {
  const { bin, python, site } = makeEnvironment(join(root, ".venv"));
  for (const name of DISTRIBUTIONS) install(site, { name: name.replaceAll("-", "_"), version: "9.9.9" });
  const real = join(bin, "python.real");
  symlinkSync(realpathSync(python), real);
  rmSync(python);
  placeScript(python, "python", `[ "$1" = -I ] && exec '${real}' "$@"\n`);
  for (const name of ["ruff", "semgrep"]) placeScript(join(bin, name), name);
}

function placePackage(root: string, name: string): void {
  const folder = join(root, "node_modules", name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "9.9.9", bin: { [name]: "bin.mjs" } }));
  const run = `process.argv.splice(2, 0, ${JSON.stringify(name)});\nawait import(${JSON.stringify(pathToFileURL(FAULTY).href)});\n`;
  writeFileSync(join(folder, "bin.mjs"), run);
}

function placeScript(path: string, name: string, first = ""): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${first}exec '${process.execPath}' '${FAULTY}' ${name} "$@"\n`);
  chmodSync(path, 0o755);
}

function configuration(timeout: number): string {
  const plugin = pathToFileURL(join(ROOT, "packages/plugin-hyperfine/src/index.ts")).href;
  const benchmarks = ["one", "two", "three"].map((name) => ({ name, command: "true" }));
  const settings = { timeout, atoms: { [WELL]: { command: "echo all is well", inputs: ["src/**"] } } };
  return `import { plugin } from ${JSON.stringify(plugin)};
export default { ...${JSON.stringify(settings)}, plugins: [plugin(${JSON.stringify({ benchmarks })})] };
`;
}

interface FaultyReport {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly files: Readonly<Record<string, string>>;
}

const RELEASES: Readonly<Record<string, string>> = {
  bandit: "1.9.4",
  black: "26.10.1",
  dbt: "1.10.23",
  eslint: "10.15.0",
  gitleaks: "8.30.1",
  "great-expectations": "1.24.1",
  hyperfine: "1.20.0",
  hypothesis: "6.170.15",
  mypy: "2.4.1",
  "pip-audit": "2.10.1",
  "pip-licenses": "5.5.5",
  "pre-commit": "4.7.0",
  prettier: "3.10.1",
  semgrep: "1.182.0",
};

/** What a release of the tool wrote. */
function reportOf(name: string): FaultyReport {
  const at = pathToFileURL(join(ROOT, `packages/plugin-${name}/test/x`)).href;
  const release = RELEASES[name];
  if (release !== undefined) return { files: {}, ...recordingOf(at, `${name}-${release}`) };
  const read = (path: string): string =>
    readFileSync(join(ROOT, `packages/plugin-${name}/test/fixtures`, path), "utf8");
  if (name === "ruff") {
    const { check } = JSON.parse(read("ruff-0.17.5.json")) as { readonly check: Omit<FaultyReport, "files"> };
    return { files: {}, ...check };
  }
  const { tests, ...report } = JSON.parse(read("pytest-9.2.0/report.json")) as {
    readonly tests: { outcome: string }[];
  };
  const passed = tests.filter(({ outcome }) => outcome === "passed");
  const text = JSON.stringify({ ...report, tests: passed, exit: 0 });
  return { exitCode: 0, stdout: "", stderr: "", files: { "report.json": text } };
}

function pidsIn(file: string): readonly number[] {
  try {
    const lines = readFileSync(file, "utf8").trim().split("\n");
    return lines.flatMap((line) => line.split(" ").slice(1).map(Number));
  } catch {
    return [];
  }
}
