import {
  fail,
  isInside,
  joinRepo,
  ok,
  parentOf,
  type Applies,
  type Command,
  type CommandContext,
  type CommandResult,
  type Context,
  type Diagnostic,
  type Finding,
  type Inputs,
  type RepoPath,
  type Result,
  type ToolSpec,
} from "@symbiotic-build/engine";
import { foreignFolders, seenFrom, stopped, type Report, type Validator } from "@symbiotic-build/validator";
import type { MypyFacts } from "./facts.ts";
import type { MypyOptions } from "./options.ts";
import { readReport } from "./report.ts";

type MypyContext = CommandContext<MypyOptions, MypyFacts>;
type Seen = Context<MypyOptions, MypyFacts>;

const CACHE = ".mypy_cache";

/** Checks the types of a project, as strictly as the repository's settings say. */
export const mypyTypes: Validator<MypyOptions, MypyFacts> = {
  ...common(),
  atom: "run_mypy_typecheck",
  alias: "mypy",
  title: "mypy",
  describe: "Check the types of Python with mypy",
  implements: ["033"],
  lane: "type",
  applies: ({ facts }) => applies(facts, facts.targets),
  command: (context) => {
    const strict = context.options.strict === "all" ? ["--strict"] : [];
    return command(context, strict, { targets: context.facts.targets ?? [], cache: "" });
  },
  report: (result, context) => report(result, context, () => true),
  gate: {
    id: "mypy_clean",
    title: "mypy clean",
    describe: "mypy finds no more errors than are allowed",
    required: ({ facts }) => facts.isUsed && facts.targets?.length !== 0,
  },
};

/** Checks some files with `--strict`: those that changed, or those that a repository has come to, on its way to all. */
export const mypyStrict: Validator<MypyOptions, MypyFacts> = {
  ...common(),
  atom: "run_mypy_strict",
  alias: "mypy-strict",
  title: "mypy strict",
  describe: "Check the types of what changed, or of the strict paths, with mypy --strict",
  lane: "type",
  ofChange: true,
  applies: ({ facts, options }) => {
    if (options.strict === "changed") return applies(facts, facts.targets);
    return options.strict === "paths" && facts.strictTargets.length > 0 && applies(facts, facts.strictTargets);
  },
  command: (context) => {
    const targets = strictTargets(context);
    return targets.length === 0
      ? nothingToCheck(context)
      : command(context, ["--strict"], { targets, cache: "/strict" });
  },
  report(result, context) {
    const targets = strictTargets(context);
    if (targets.length === 0) return ok({ findings: [], summary: "no file changed" });
    return report(result, context, (file) => targets.some((target) => isInside(target, file)));
  },
  gate: {
    id: "mypy_strict_clean",
    title: "mypy strict clean",
    describe: "mypy --strict finds no more errors in what changed, or in the strict paths, than are allowed",
    required: ({ facts, options }) =>
      options.strict === "changed" ? facts.targets?.length !== 0 : options.strict === "paths",
  },
};

/** Of the files that changed those that mypy would look at anyway. */
function strictTargets({ options, facts, changed }: MypyContext): readonly RepoPath[] {
  if (options.strict === "paths") return facts.strictTargets;
  const own = new Set(facts.files);
  const isAsked = (path: RepoPath): boolean => facts.targets?.some((target) => isInside(target, path)) !== false;
  return (changed ?? []).filter((path) => own.has(path) && isAsked(path));
}

/** mypy refuses to be started on nothing. */
function nothingToCheck({ tool, project }: MypyContext): Command {
  return { argv: [...tool.argv, "--version"], cwd: project.root, env: { PYTHONSAFEPATH: "1" } };
}

function common(): Pick<Validator<MypyOptions, MypyFacts>, "tool" | "tools" | "inputs" | "scratch" | "finished"> {
  return { tool: "mypy", tools, inputs, scratch: [CACHE], finished: [0, 1, 2] };
}

function tools(): readonly ToolSpec[] {
  return [
    {
      name: "mypy",
      kind: "python-module",
      module: "mypy",
      distribution: "mypy",
      install: { registry: "pypi", package: "mypy", version: "2.4.1" },
    },
  ];
}

function applies({ files, config }: MypyFacts, targets: readonly RepoPath[] | null): Applies {
  if (files.length === 0) return false;
  return targets?.length !== 0 || { skipped: `${config ?? "the settings"} leaves this folder out of mypy` };
}

/** mypy follows imports: into the projects that this one depends on too. */
const SOURCES = ["**/*.py", "**/*.pyi", "**/py.typed"];

function inputs({ facts }: Seen): Inputs {
  const ignored = facts.heedsIgnored ? [".gitignore"] : [];
  return {
    files: [...SOURCES, ...ignored.map((name) => `**/${name}`)],
    upstreamFiles: SOURCES,
    configs: ["mypy.ini", ".mypy.ini", "pyproject.toml", "setup.cfg", ...ignored],
    ...(facts.named.length === 0 ? {} : { repositoryFiles: facts.named }),
    variables: ["MYPYPATH"],
    platform: true,
  };
}

/** One form of output for all releases; JSON is known since 1.11 only. */
const FORM = [
  "--show-column-numbers",
  "--show-error-end",
  "--show-error-codes",
  "--hide-error-context",
  "--no-pretty",
  "--no-color-output",
  "--no-error-summary",
];

/** mypy is started where its settings are: paths in them begin there. Without settings it is told of none, a user's own included. */
function command(
  context: MypyContext,
  strict: readonly string[],
  { targets, cache }: { readonly targets: readonly RepoPath[]; readonly cache: string },
): Command {
  const { tool, options, facts, project } = context;
  const cwd = startOf(context);
  const here = (path: RepoPath): string => seenFrom(cwd, path);
  return {
    argv: [
      ...tool.argv,
      ...options.args,
      ...strict,
      `--config-file=${facts.config === null ? "" : here(facts.config)}`,
      `--cache-dir=${here(joinRepo(project.root, CACHE))}${cache}`,
      ...FORM,
      ...foreignFolders(project).flatMap((folder) => ["--exclude", `^${escaped(here(folder))}/`]),
      ...targets.map(here),
    ],
    cwd,
    // What it imports is its own, not a module of the repository that has the same name.
    env: { PYTHONSAFEPATH: "1" },
  };
}

function startOf({ facts, project }: Seen): RepoPath {
  return facts.config === null ? project.root : parentOf(facts.config);
}

function escaped(path: string): string {
  return path.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function report(
  result: CommandResult,
  context: MypyContext,
  isAsked: (file: RepoPath) => boolean,
): Result<Report, Diagnostic> {
  const said = `${result.stdout}\n${result.stderr}`;
  if (result.exitCode === 2 && /^There are no \.py\[i\] files in directory/m.test(said))
    return ok({ findings: [], summary: "no files" });
  const read = readReport(result.stdout, { tool: "mypy", folder: startOf(context) });
  if (!read.ok) return result.exitCode === 2 ? fail(stopped("mypy", result)) : read;
  // Python ends with 1 too where it comes to no mypy.
  if (result.exitCode === 1 && read.value.length === 0) return fail(stopped("mypy", result));
  // mypy reports on all that it follows: what is no input of this task is another's to report.
  const own = new Set(context.facts.files);
  const findings = read.value.filter(({ file }) => own.has(file) && isAsked(file));
  return result.exitCode === 2 && !findings.some(hasStoppedAt) ? fail(stopped("mypy", result)) : ok({ findings });
}

/** A file that is no Python ends the whole check: that is a finding, as any other error with a place. A crash is none. */
function hasStoppedAt({ level, range, message }: Finding): boolean {
  return level === "error" && range !== undefined && !message.startsWith("INTERNAL ERROR");
}
