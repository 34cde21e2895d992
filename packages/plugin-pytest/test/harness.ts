import { spawnSync } from "node:child_process";
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  ancestors,
  joinRepo,
  type CommandContext,
  type CommandResult,
  type Diagnostic,
  type Outcome,
  type Project,
  type RepoPath,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { expect } from "vitest";
import type { PytestFacts } from "../src/inspect/facts.ts";
import { inspect } from "../src/inspect/inspect.ts";
import { options as schema, type PytestOptions, type PytestOptionsInput } from "../src/options.ts";
import { command } from "../src/run/command.ts";
import { parse, READS } from "../src/run/parse.ts";

/** Where the task writes, as the engine would lay it out. */
export const OUT: RepoPath = ".symbiotic/out/project~3arun_pytest_unit_with_coverage";

/** A repository in a temporary folder, with a project in it. */
export interface Repository extends Disposable {
  readonly path: string;
  readonly project: Project;
}

/** What one run of the atom's command gave. */
export interface Run {
  readonly context: CommandContext<PytestOptions, PytestFacts>;
  readonly result: CommandResult;
  readonly parsed: Result<Outcome, Diagnostic>;
}

/** Facts for tests that need some. */
export const FACTS: PytestFacts = {
  hasTests: true,
  hasTestFolder: true,
  pytestConfigured: true,
  configFile: null,
  rootdir: ".",
  pythonPath: [],
  testPaths: [],
  ownsCache: false,
  docsAreTests: false,
  docsAreCollected: false,
  junitConfigured: false,
  coverageConfigured: false,
  failUnder: null,
  precision: 0,
  coverageBlocked: false,
  addoptsHasCov: false,
  coverageReports: [],
  coverageSource: [],
};

/** A project for tests that need one. */
export function projectAt(root: RepoPath, nested: readonly RepoPath[] = []): Project {
  return { name: "project", root, manifests: [], dependsOn: [], tags: ["python"], nested, environments: [] };
}

/** A context for tests of pure functions. */
export function contextOf(
  over: {
    root?: RepoPath;
    nested?: readonly RepoPath[];
    options?: PytestOptionsInput;
    facts?: Partial<PytestFacts>;
    detected?: readonly string[];
  } = {},
): CommandContext<PytestOptions, PytestFacts> {
  const { root = ".", nested = [], options, facts = {}, detected = ["pytest-cov"] } = over;
  return {
    options: schema.parse(options),
    facts: { ...FACTS, rootdir: root, ...facts },
    project: projectAt(root, nested),
    upstream: [],
    tool: {
      name: "pytest",
      version: "9.2.0",
      advisory: false,
      detected,
      argv: ["python", "-m", "pytest"],
      origin: ".venv",
    },
    out: OUT,
  };
}

/** Writes the files into a new temporary folder, which goes when the test ends. */
export function repositoryOf(
  files: Readonly<Record<string, string>>,
  root: RepoPath = ".",
  nested: readonly RepoPath[] = [],
): Repository {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "plugin-pytest-")));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return {
    path,
    project: projectAt(root, nested),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** The project's facts, read as the engine reads them. */
export function factsIn(
  repository: Repository,
  options?: PytestOptionsInput,
): Result<PytestFacts, readonly Diagnostic[]> {
  const { path, project } = repository;
  const found = globSync("**/*.py", { cwd: join(path, project.root) }).map((file) =>
    joinRepo(project.root, file.replaceAll("\\", "/")),
  );
  const paths = found.filter((file) => !project.nested.some((folder) => file.startsWith(`${folder}/`)));
  const texts = ancestors(project.root).flatMap((folder) => inspect.texts.map((name) => joinRepo(folder, name)));
  const present = texts.filter((name) => existsSync(join(path, name)));
  const read = (name: RepoPath): SourceText => ({ path: name, text: readFileSync(join(path, name), "utf8") });
  return inspect.facts({ project, texts: present.map(read), paths, options: schema.parse(options) });
}

/** Runs the atom's command for real and reads what it left. */
export function runIn(
  repository: Repository,
  more: {
    options?: PytestOptionsInput;
    detected?: readonly string[];
    argv?: readonly [string, ...string[]];
    env?: NodeJS.ProcessEnv;
  } = {},
): Run {
  const facts = factsIn(repository, more.options);
  if (!facts.ok) throw new Error(JSON.stringify(facts.error));
  const base = contextOf({ root: repository.project.root, options: more.options, detected: more.detected ?? [] });
  const context = {
    ...base,
    project: repository.project,
    facts: facts.value,
    tool: { ...base.tool, argv: more.argv ?? base.tool.argv },
  };
  const result = execute(repository, context, more.env ?? {});
  return { context, result, parsed: parse(result, context) };
}

function execute(
  repository: Repository,
  context: CommandContext<PytestOptions, PytestFacts>,
  env: NodeJS.ProcessEnv,
): CommandResult {
  const { argv, env: own, files = {} } = command(context);
  const out = join(repository.path, OUT);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name), text);
  }
  const [file, ...args] = argv;
  const cwd = join(repository.path, repository.project.root);
  const done = spawnSync(file, args, {
    cwd,
    env: { ...process.env, ...env, ...own },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (done.error) throw done.error;
  // As the engine gives it to `parse`.
  const portable = (text: string): string => text.replaceAll(`${repository.path}/`, "{root}/");
  const read = READS.filter((name) => existsSync(join(out, name))).map((name) => [
    name,
    portable(readFileSync(join(out, name), "utf8")),
  ]);
  const [stdout, stderr] = [portable(done.stdout), portable(done.stderr)];
  return { exitCode: done.status ?? -1, stdout, stderr, files: Object.fromEntries(read) };
}

/** The outcome of a run that must have told something. */
export function outcomeOf(run: Run): Outcome {
  if (!run.parsed.ok) expect.fail(`${run.parsed.error.message}\n${run.result.stdout}\n${run.result.stderr}`);
  return run.parsed.value;
}

/** Each test's outcome, by id. */
export function outcomesIn(run: Run): Readonly<Record<string, string>> {
  return Object.fromEntries((outcomeOf(run).evidence.tests ?? []).map(({ id, outcome }) => [id, outcome]));
}
