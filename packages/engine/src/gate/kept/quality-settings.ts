import { parse as parseToml } from "smol-toml";
import { canonicalJson, type JsonValue } from "../../core/json.ts";
import { nameOf, type RepoPath } from "../../core/path.ts";
import type { ChangedText, Weakening } from "./changed-text.ts";

/** Tools that judge, by the names of their sections. */
const TOOLS = new Set(
  "ruff black mypy pytest coverage bandit pylint isort pyright hypothesis semgrep flake8 gitleaks ty pyrefly pytest_env".split(
    " ",
  ),
);
const SCRIPT_KEYS = ["scripts", "symbiotic", "eslintConfig", "eslintIgnore", "prettier", "jest", "vitest", "c8", "nyc"];
const SECTION = /^(?:tool:)?(?:pytest|coverage|mypy|flake8|pylint|isort|bandit|hypothesis|testenv)\b/;

/** Files that are all about how a repository judges itself. */
const WHOLE = [
  /(^|\/)\.?symbiotic\.config\.[cm]?[jt]s$|(^|\/)symbiotic\.config\.(json|ya?ml)$|(^|\/)\.symbioticrc[^/]*$/,
  /(^|\/)\.?(ruff|pytest|mypy|pyrefly|ty)\.toml$|(^|\/)\.?(mypy|pytest|flake8|bandit|pylintrc|coveragerc)(\.ini)?$|(^|\/)\.isort\.cfg$/,
  /(^|\/)(bandit\.ya?ml|pyrightconfig\.json|\.semgrepignore|\.?semgrep\.ya?ml)$|(^|\/)\.semgrep\//,
  /(^|\/)(\.?gitleaks\.toml|\.gitleaksignore|\.pre-commit-config\.ya?ml|\.secrets\.baseline)$/,
  /(^|\/)(eslint\.config\.[cm]?[jt]s|\.eslintrc[^/]*|\.eslintignore|\.prettierrc[^/]*|prettier\.config\.[^/]+|\.prettierignore)$/,
  /(^|\/)(vitest|jest|playwright)\.config\.[cm]?[jt]s$|(^|\/)(sitecustomize|usercustomize)\.py$|\.pth$/,
];

/** Whether a file says how the repository judges itself, wholly or in part. `baseline`: where that of findings lies. */
export function isSettingsFile(path: RepoPath, baseline: RepoPath): boolean {
  return path === baseline || partsOf(path) !== undefined || WHOLE.some((pattern) => pattern.test(path));
}

/** A part of the settings of what judges that a change makes, alters or takes away. */
export interface AlteredPart {
  readonly path: RepoPath;
  /** A section or a key; empty for the whole file. */
  readonly part: string;
  readonly how: "is new" | "was changed" | "is gone";
}

/** The parts of settings that a change alters, but for the baseline of findings: that is looked at by itself. */
export function alteredIn(changes: readonly ChangedText[], baseline: RepoPath): AlteredPart[] {
  return changes.filter(({ path }) => path !== baseline).flatMap((each) => alteredParts(each, baseline));
}

/** Which settings of tools that judge a change makes, alters or takes away. Comments and layout do not count where the form is known. */
function alteredParts(change: ChangedText, baseline: RepoPath): AlteredPart[] {
  const { path, from = path, before, after } = change;
  // Settings go by the name of their file: one that moved is gone at one place and new at the other.
  if (from !== path)
    return [
      ...alteredParts({ path: from, ...(before === undefined ? {} : { before }) }, baseline),
      ...alteredParts({ path, ...(after === undefined ? {} : { after }) }, baseline),
    ];
  if (!isSettingsFile(path, baseline)) return [];
  const parts = partsOf(path) ?? ((text: string) => new Map([["", plain(path, text)]]));
  const [was, is] = [read(parts, before), read(parts, after)];
  const names = [...new Set([...was.keys(), ...is.keys()])].filter((name) => was.get(name) !== is.get(name));
  return names.map((part) => {
    return { path, part, how: !was.has(part) ? "is new" : is.has(part) ? "was changed" : "is gone" };
  });
}

/** The same, as signs. */
export function changedSettings(change: ChangedText, baseline: RepoPath): Weakening[] {
  return alteredParts(change, baseline).map(settingsSign);
}

/** One of them as a sign. */
export function settingsSign({ path, part, how }: AlteredPart): Weakening {
  const what = part === "" ? "the file" : part;
  return { rule: "changed-settings", message: `${what} ${how}: settings of what judges this repository`, file: path };
}

/** What a file says by the names of its parts, each so that equal settings are equal texts. */
type Parts = (text: string) => ReadonlyMap<string, string>;

const UNREADABLE = "it cannot be read";

function read(parts: Parts, text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  try {
    return parts(text);
  } catch {
    return new Map([["", `${UNREADABLE}: ${text}`]]);
  }
}

function partsOf(path: RepoPath): Parts | undefined {
  const name = nameOf(path);
  if (name === "pyproject.toml") return tomlParts;
  if (name === "setup.cfg" || name === "tox.ini") return sections;
  return name === "package.json" ? manifestParts : undefined;
}

function tomlParts(text: string): ReadonlyMap<string, string> {
  const tools = (parseToml(text)["tool"] ?? {}) as Record<string, unknown>;
  const own = Object.entries(tools).filter(([name]) => TOOLS.has(name));
  return new Map(own.map(([name, value]) => [`[tool.${name}]`, JSON.stringify(value)]));
}

function manifestParts(text: string): ReadonlyMap<string, string> {
  const manifest = JSON.parse(text) as Record<string, JsonValue>;
  const own = SCRIPT_KEYS.filter((key) => manifest[key] !== undefined);
  return new Map(own.map((key) => [key, canonicalJson(manifest[key] ?? null)]));
}

function sections(text: string): ReadonlyMap<string, string> {
  const [, ...parts] = text.split(/^\[([^\]]+)\][^\n]*$/m);
  const pairs = parts.flatMap((part, at) => (at % 2 === 0 ? [[part.trim(), parts[at + 1] ?? ""] as const] : []));
  return new Map(
    pairs.filter(([name]) => SECTION.test(name)).map(([name, body]) => [`[${name}]`, withoutComments(body)]),
  );
}

/** Where a line that begins with `#` is a comment it does not count. */
function plain(path: RepoPath, text: string): string {
  return /\.[cm]?[jt]s$/.test(path)
    ? text
    : path.endsWith(".json")
      ? canonicalJson(JSON.parse(text) as JsonValue)
      : withoutComments(text);
}

function withoutComments(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  return lines.filter((line) => line !== "" && !/^\s*[#;]/.test(line)).join("\n");
}
