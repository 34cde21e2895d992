import type { ConfiguredHook } from "./read-hooks.ts";
import { splitWords } from "./split-words.ts";

/** What a plugin that comes with the command does by itself. */
interface Covered {
  readonly plugin: string;
  /** Ends "the ... plugin". */
  readonly does: string;
  /** It is there while this file, settings of its tool or the configuration mention it; the others are there always. */
  readonly isOnDemand?: true;
}

const LINT: Covered = { plugin: "ruff", does: "lints (run_ruff_lint)" };
const FORMAT: Covered = { plugin: "ruff", does: "checks formatting (run_ruff_format_check)" };
const TESTS: Covered = { plugin: "pytest", does: "runs the tests (run_pytest_unit_with_coverage)" };

function onDemand(plugin: string, does: string): Covered {
  return { plugin, does, isOnDemand: true };
}

/** Hooks of well-known repositories, by the end of their address and by the hook's id. */
const KNOWN: readonly (readonly [repo: RegExp, id: RegExp, by: Covered])[] = [
  [/\/ruff-pre-commit(?:\.git)?\/?$/, /^(?:ruff|ruff-check)$/, LINT],
  [/\/ruff-pre-commit(?:\.git)?\/?$/, /^ruff-format$/, FORMAT],
  [
    /\/black(?:-pre-commit-mirror)?(?:\.git)?\/?$/,
    /^black(?:-jupyter)?$/,
    onDemand("black", "checks formatting (run_black_check)"),
  ],
  [/\/mirrors-mypy(?:\.git)?\/?$/, /^mypy$/, onDemand("mypy", "checks types (run_mypy_typecheck)")],
  [/\/bandit(?:\.git)?\/?$/, /^bandit$/, onDemand("bandit", "looks for security problems (run_bandit)")],
  [
    /\/gitleaks(?:\.git)?\/?$/,
    /^gitleaks(?:-docker|-system)?$/,
    onDemand("gitleaks", "looks for secrets (run_gitleaks)"),
  ],
  [/\/(?:semgrep|pre-commit)(?:\.git)?\/?$/, /^semgrep$/, onDemand("semgrep", "scans the code (run_semgrep)")],
  [/\/pip-audit(?:\.git)?\/?$/, /^pip-audit$/, onDemand("pip-audit", "asks for known vulnerabilities (run_pip_audit)")],
  [/\/mirrors-prettier(?:\.git)?\/?$/, /^prettier$/, onDemand("prettier", "checks formatting (run_prettier_check)")],
  [/\/mirrors-eslint(?:\.git)?\/?$/, /^eslint$/, onDemand("eslint", "lints (run_eslint)")],
  [/\/[\w-]*pytest[\w-]*(?:\.git)?\/?$/, /^pytest(?:-check)?$/, TESTS],
];

/** Says what a plugin does in a hook's place, and what of the hook it does not take over; undefined where none does. */
export function coveredBy(hook: ConfiguredHook): string | undefined {
  const found = hook.repo === "local" ? localTool(hook) : knownHook(hook);
  if (found === undefined) return undefined;
  const { by, rest } = found;
  const lost = [
    ...(rest.length > 0 ? [`its arguments (${rest.join(" ")})`] : []),
    ...(["files", "exclude"] as const).flatMap((name) => (hook[name] === undefined ? [] : [`its \`${name}\``])),
  ];
  const note =
    lost.length === 0
      ? ""
      : `; ${lost.join(" and ")} ${isOne(lost, rest) ? "is" : "are"} not taken over: ${advice(by)}`;
  const when =
    by.isOnDemand === true ? ` while the repository mentions ${by.plugin}, as this file does` : " without being asked";
  return `the ${by.plugin} plugin ${by.does}${when}${note}`;
}

function isOne(lost: readonly string[], rest: readonly string[]): boolean {
  return lost.length === 1 && rest.length === 0;
}

function advice({ plugin, isOnDemand }: Covered): string {
  const where = isOnDemand === true ? "" : " (pyproject.toml)";
  return `what is to stay belongs in the settings of ${plugin}${where}`;
}

interface Found {
  readonly by: Covered;
  /** Arguments that change what is asked of the tool. */
  readonly rest: readonly string[];
}

function knownHook({ repo, id, args }: ConfiguredHook): Found | undefined {
  const by = KNOWN.find(([address, name]) => address.test(repo) && name.test(id))?.[2];
  return by === undefined ? undefined : { by, rest: args };
}

/** A local hook whose command is such a tool and nothing besides. */
function localTool({ entry = "", args }: ConfiguredHook): Found | undefined {
  const [program = "", ...rest] = withoutRunner([...(splitWords(entry) ?? []), ...args]);
  const name = program.replace(/^.*[\\/]/, "").replace(/\.exe$/, "");
  if (name === "pytest" || name === "py.test") return { by: TESTS, rest };
  if (name !== "ruff") return undefined;
  const [command = "", ...others] = rest;
  if (command === "check") return { by: LINT, rest: others };
  return command === "format" ? { by: FORMAT, rest: others.filter((each) => each !== "--check") } : undefined;
}

const RUNNERS = new Set(["uv", "poetry", "pdm", "hatch", "pipenv", "rye"]);
/** Options of `uv run` and its like that a value follows. */
const WITH_VALUE = new Set([
  "--group",
  "--only-group",
  "--extra",
  "--with",
  "--package",
  "--project",
  "--python",
  "-p",
]);

/** What `uv run`, `poetry run`, `python -m` and their like start. */
function withoutRunner(words: readonly string[]): readonly string[] {
  const [first = "", second = "", ...rest] = words;
  if (/^python[\d.]*$/.test(first) && second === "-m") return rest;
  if (!RUNNERS.has(first) || second !== "run") return words;
  let at = 0;
  while (rest[at]?.startsWith("-")) at += WITH_VALUE.has(rest[at] ?? "") ? 2 : 1;
  return withoutRunner(rest.slice(at));
}
