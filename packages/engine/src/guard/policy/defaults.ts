import type { AgentRole } from "../../config/guard-schema.ts";

/** The endings of files that may be written: sources, data and prose that a person can read. */
export const EXTENSIONS: readonly string[] = [
  ...[".py", ".pyi", ".ipynb", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte"],
  ...[".html", ".css", ".scss", ".sql", ".sh", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".ini", ".cfg"],
  ...[".csv", ".xml", ".graphql", ".md", ".mdx", ".rst", ".txt"],
];

/** One mebibyte. */
export const MAX_FILE_BYTES: number = 1024 * 1024;

/** Files that one change may touch. */
export const MAX_FILES = 200;

/** What a role is given where nothing else is said. */
export interface RoleDefaults {
  readonly write: readonly string[];
  /** Commands that it may run, `null` for all that are not denied. */
  readonly allow: readonly string[] | null;
  /** Writes nothing but what the caller names. */
  readonly needsFiles: boolean;
  readonly milliseconds: number;
}

const MINUTE_MS = 60_000;
const READS = [
  ...[
    "cat",
    "head",
    "tail",
    "ls",
    "wc",
    "sort",
    "uniq",
    "cut",
    "grep",
    "rg",
    "find",
    "fd",
    "diff",
    "file",
    "stat",
    "pwd",
  ],
  ...["git log", "git show", "git diff", "git status", "git blame", "git grep", "git ls-files", "git rev-parse"],
];
const TESTS = [
  ...["**/tests/**", "**/test/**", "**/__tests__/**", "**/spec/**"],
  ...["**/test_*.py", "**/*_test.py", "**/conftest.py", "**/*.{test,spec}.{,c,m}{j,t}s{,x}"],
];

/** The defaults of each role. */
export const ROLE_DEFAULTS: Readonly<Record<AgentRole, RoleDefaults>> = {
  developer: { write: ["**"], allow: null, needsFiles: false, milliseconds: 30 * MINUTE_MS },
  fixer: { write: ["**"], allow: null, needsFiles: false, milliseconds: 15 * MINUTE_MS },
  reviewer: { write: ["**"], allow: READS, needsFiles: true, milliseconds: 15 * MINUTE_MS },
  tester: { write: TESTS, allow: null, needsFiles: false, milliseconds: 30 * MINUTE_MS },
};
