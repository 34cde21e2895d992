/** What no configuration gives to an agent: the repository's own state, ours, and the log of what agents did. */
export const SEALED: readonly string[] = ["**/.git/**", "**/.symbiotic/**", ".ai-audit.jsonl"];

/** What decides how the repository judges itself. */
const JUDGES: readonly string[] = [
  ...["**/symbiotic.config.*", "**/.symbiotic.config.*", "**/.symbioticrc*", "symbiotic.baseline.json"],
  ...["**/{,.}{ruff,pytest,mypy,pyrefly,ty}.toml", "**/{,.}{mypy,pytest,bandit}.ini", "**/.isort.cfg"],
  ...["**/.flake8", "**/.bandit", "**/bandit.y{a,}ml", "**/{,.}pylintrc", "**/.pylintrc.toml", "**/.coveragerc"],
  ...["**/pyrightconfig.json", "**/.semgrepignore", "**/{,.}semgrep.y{a,}ml", "**/.semgrep/**"],
  ...["**/{,.}gitleaks.toml", "**/.gitleaksignore", "**/.secrets.baseline", "**/.vulture*", "**/radon.cfg"],
  ...["**/eslint.config.*", "**/.eslintrc*", "**/.eslintignore", "**/{vitest,jest,playwright}.config.*"],
  ...["**/.prettierrc*", "**/prettier.config.*", "**/.prettierignore", "**/.editorconfig", "**/biome.json{,c}"],
  ...["**/{sitecustomize,usercustomize}.py", "**/*.pth", "**/great_expectations.yml"],
];

/** What runs where changes are built, and who has to agree. */
const PIPELINES: readonly string[] = [
  ...[
    ".github/**",
    ".gitlab/**",
    "**/.gitlab-ci*.y{a,}ml",
    ".circleci/**",
    ".buildkite/**",
    ".woodpecker{/**,.y{a,}ml}",
  ],
  ...["azure-pipelines*.y{a,}ml", ".azure-pipelines/**", "bitbucket-pipelines.yml", ".travis.yml", ".drone.y{a,}ml"],
  ...["{,.}appveyor.yml", ".cirrus.y{a,}ml", "**/Jenkinsfile*", ".teamcity/**", ".ci/**", "**/CODEOWNERS"],
];

/** What runs by itself: on a commit, on opening a folder, on entering it, on installing. */
const HOOKS: readonly string[] = [
  ...["**/.pre-commit-config.y{a,}ml", "**/.pre-commit-hooks.y{a,}ml", ".husky/**", ".githooks/**", ".hooks/**"],
  ...["{,.}lefthook{,-local}.{y{a,}ml,toml,json}", "**/.lintstagedrc*", "**/lint-staged.config.*"],
  ...["**/.vscode/**", "**/.idea/**", "**/.devcontainer/**", "**/.envrc", "**/.netrc", "**/pip.conf"],
  ...["**/.npmrc", "**/.yarnrc*", "**/.pnpmfile.*", "**/.pypirc"],
];

/** What tells agents what to do, and what they may. */
const AGENTS: readonly string[] = [
  ...["**/CLAUDE{,.local}.md", "**/AGENTS{,.override}.md", "**/GEMINI.md", "**/.claude/**", "**/.codex/**"],
  ...["**/.mcp.json", "**/.gemini/**", "**/.agents/**", "**/.cursor/**", "**/.cursorrules", "**/.cursorignore"],
  ...["**/.windsurf/**", "**/.windsurfrules", "**/.clinerules{,/**}", "**/.roo/**", "**/.aider*", "**/.continue/**"],
];

/** Where git and others keep what is no source: attributes and submodules have rules of their own. */
const GIT: readonly string[] = ["**/.gitattributes", "**/.gitmodules", "**/.gitconfig", "**/.mailmap"];

/** Globs of what agents may not write where the configuration does not say otherwise. Matched whatever their case. */
export const PROTECTED: readonly string[] = [...JUDGES, ...PIPELINES, ...HOOKS, ...AGENTS, ...GIT];
