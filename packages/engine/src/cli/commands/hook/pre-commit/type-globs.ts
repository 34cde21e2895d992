/** Endings and names of the file types that hooks ask for most; a type that is not here is told by more than a name. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  python: ["*.py", "*.pyi"],
  pyi: ["*.pyi"],
  javascript: ["*.js", "*.mjs", "*.cjs"],
  jsx: ["*.jsx"],
  ts: ["*.ts", "*.mts", "*.cts"],
  tsx: ["*.tsx"],
  vue: ["*.vue"],
  svelte: ["*.svelte"],
  json: ["*.json"],
  yaml: ["*.yaml", "*.yml"],
  toml: ["*.toml"],
  markdown: ["*.md", "*.markdown"],
  rst: ["*.rst"],
  html: ["*.html", "*.htm"],
  css: ["*.css"],
  scss: ["*.scss"],
  xml: ["*.xml"],
  sql: ["*.sql"],
  go: ["*.go"],
  rust: ["*.rs"],
  java: ["*.java"],
  kotlin: ["*.kt", "*.kts"],
  c: ["*.c", "*.h"],
  "c++": ["*.cc", "*.cpp", "*.cxx", "*.hh", "*.hpp", "*.hxx", "*.h"],
  ruby: ["*.rb"],
  php: ["*.php"],
  terraform: ["*.tf", "*.tfvars"],
  proto: ["*.proto"],
};

/** Types that every file has, or nearly. */
const ANY: ReadonlySet<string> = new Set(["file", "text", "non-executable"]);

/**
 * The names that files of these types have: `types` are all asked for, of `typesOr` one. Undefined where names do not tell:
 * every file may be meant then.
 */
export function typeGlobs(types: readonly string[], typesOr: readonly string[]): readonly string[] | undefined {
  const narrow = types.filter((type) => !ANY.has(type));
  const [first] = narrow;
  if (narrow.length > 1 || (first !== undefined && typesOr.length > 0)) return undefined;
  if (first !== undefined) return TYPES[first];
  if (typesOr.length === 0 || typesOr.some((type) => TYPES[type] === undefined)) return undefined;
  return [...new Set(typesOr.flatMap((type) => TYPES[type] ?? []))];
}
