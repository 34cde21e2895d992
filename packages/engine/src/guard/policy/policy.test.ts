import { expect, test } from "vitest";
import { Guard } from "../../config/guard-schema.ts";
import { mergeSettings } from "../../config/merge.ts";
import { isMeant } from "../paths/match-paths.ts";
import { PATTERN_NAMES } from "../patterns/denylist.ts";
import { EXTENSIONS } from "./defaults.ts";
import { policyDigest, policyFor } from "./policy.ts";
import { protectedConfigs } from "./protected-configs.ts";
import { PROTECTED, SEALED } from "./protected.ts";

test("the defaults are those of the page: 32 endings, 1 MiB, 200 files, no network, no links", () => {
  const policy = policyFor({ role: "developer" });
  expect(policy).toMatchObject({
    write: ["**"],
    only: null,
    maxFileBytes: 1_048_576,
    maxFiles: 200,
    network: false,
    symlinks: false,
    commands: { allow: null, metacharacters: "|&;<>$`(){}!" },
    patterns: { off: [], own: [] },
    budget: { milliseconds: 1_800_000 },
  });
  expect(new Set(policy.extensions).size).toBe(32);
  expect(EXTENSIONS.every((each) => /^\.[a-z]+$/.test(each))).toBe(true);
  expect(policy.commands.deny).toEqual(expect.arrayContaining(["rm", "git push", "gh"]));
  expect(PATTERN_NAMES).toEqual(expect.arrayContaining(["eval", "os-system", "drop-table", "rm-rf", "pipe-to-shell"]));
});

test("a policy is JSON, the same for the same request, and its digest is another for another", () => {
  const policy = policyFor({ role: "fixer", setting: { budget: { usd: 2 } } });
  expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
  expect(policyDigest(policy)).toBe(policyDigest(policyFor({ role: "fixer", setting: { budget: { usd: 2 } } })));
  expect(policyDigest(policy)).toMatch(/^[0-9a-f]{64}$/);
  expect(policyDigest(policy)).not.toBe(policyDigest(policyFor({ role: "fixer" })));
});

test("a reviewer writes nothing but what it is given, and only reads", () => {
  expect(policyFor({ role: "reviewer" })).toMatchObject({ only: [] });
  expect(policyFor({ role: "reviewer", files: ["review.json"] }).only).toEqual(["review.json"]);
  expect(policyFor({ role: "reviewer" }).commands.allow).toContain("git diff");
  expect(policyFor({ role: "tester" }).write).toContain("**/test_*.py");
});

test("what is said of a role wins over what is said of all; what denies and protects adds up", () => {
  const setting = {
    maxFiles: 9,
    protect: ["a/**"],
    commands: { deny: ["make"], permit: ["CHMOD", "git commit"] },
    patterns: { eval: false, todo: { text: "TO DO" } },
    extensions: [".PY", "Makefile"],
    roles: {
      fixer: { maxFiles: 3, protect: ["b/**"], commands: { deny: ["tox"] }, network: true, budget: { seconds: 1.5 } },
    },
  } as const;
  const policy = policyFor({ role: "fixer", setting, protect: ["**/x.toml"] });
  expect(policy).toMatchObject({
    maxFiles: 3,
    network: true,
    extensions: [".py", "makefile"],
    budget: { milliseconds: 1500 },
    patterns: { off: ["eval"], own: [{ name: "todo", text: "TO DO", files: ["**"], says: "holds `TO DO`" }] },
  });
  expect(policy.protect).toEqual([...PROTECTED, "a/**", "b/**", "**/x.toml"]);
  expect(policy.commands.deny).toEqual(expect.arrayContaining(["make", "tox", "rm"]));
  expect(policy.commands.deny).not.toContain("chmod");
  expect(policy.commands.deny).not.toContain("git commit");
  expect(policyFor({ role: "tester", setting })).toMatchObject({ maxFiles: 9, network: false });
});

test("presets and the file itself make one setting", () => {
  const preset = {
    guard: { protect: ["a"], maxFiles: 1, network: false, roles: { tester: { maxFiles: 5, write: ["t/**"] } } },
  };
  const own = {
    guard: { protect: ["b"], network: true, roles: { tester: { maxFiles: 6 }, fixer: { symlinks: true } } },
  };
  expect(mergeSettings([preset, own]).guard).toEqual({
    protect: ["a", "b"],
    maxFiles: 1,
    network: true,
    roles: { tester: { maxFiles: 6, write: ["t/**"] }, fixer: { symlinks: true } },
  });
  expect(mergeSettings([preset, {}]).guard).toEqual(preset.guard);
});

test.each([
  [{}, true],
  [{ write: ["src/**"], roles: { fixer: { maxFiles: 1 } } }, true],
  [{ commands: { allow: ["pytest"], deny: ["x"], permit: ["docker"] } }, true],
  [{ patterns: { eval: false, own: { text: "xyz", files: ["**/*.py"] } } }, true],
  [{ protect: ["!a"] }, false],
  [{ roles: { boss: {} } }, false],
  [{ maxFiles: 0 }, false],
  [{ patterns: { own: { text: "x" } } }, false],
  [{ budget: { usd: -1 } }, false],
  [{ wirte: [] }, false],
])("whether the setting %j is one: %j", (setting, expected) => {
  expect(Guard.safeParse(setting).success).toBe(expected);
});

test.each([
  ".git/hooks/pre-commit",
  "vendor/.git",
  ".symbiotic/runs/x",
  ".ai-audit.jsonl",
  "symbiotic.config.ts",
  "Symbiotic.Config.TS",
  "symbiotic.config.json",
  ".github/workflows/ci.yml",
  ".gitlab-ci.yml",
  "Jenkinsfile",
  ".circleci/config.yml",
  "docs/CODEOWNERS",
  ".pre-commit-config.yaml",
  ".husky/pre-push",
  "lefthook.yml",
  ".lefthook.toml",
  "CLAUDE.md",
  "packages/a/claude.md",
  "AGENTS.md",
  ".claude/settings.json",
  ".codex/config.toml",
  ".mcp.json",
  "ruff.toml",
  "lib/.ruff.toml",
  "mypy.ini",
  ".coveragerc",
  ".flake8",
  "bandit.yaml",
  "eslint.config.mjs",
  ".eslintrc.json",
  ".prettierrc",
  "biome.json",
  "biome.jsonc",
  "vitest.config.ts",
  ".vscode/tasks.json",
  ".npmrc",
  ".gitmodules",
  ".gitattributes",
])("%s is protected", (path) => {
  expect(isMeant(path, [...SEALED, ...PROTECTED])).toBe(true);
});

test.each(["src/app.py", "README.md", "pyproject.toml", "package.json", "src/github/a.py", "ruff/a.py"])(
  "%s is not",
  (path) => {
    expect(isMeant(path, [...SEALED, ...PROTECTED])).toBe(false);
  },
);

test("what plugins look up is protected, but for what holds more than their settings", () => {
  const inputs = [
    { configs: ["pyproject.toml", "tool.toml"] },
    {},
    { configs: [".toolrc", "package.json", "tool.toml"] },
  ];
  expect(protectedConfigs(inputs)).toEqual(["**/.toolrc", "**/tool.toml"]);
});
