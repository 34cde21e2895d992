import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import {
  findingsOf,
  ignoring,
  onDisk,
  python,
  pythonProgram,
  validate,
  type OnDisk,
} from "../../../../test/support/validators.ts";
import { semgrep } from "../../src/index.ts";
import { RULES } from "../../src/rules/rules.ts";

const SEMGREP = pythonProgram("semgrep", "semgrep");
const RUN = { atom: "semgrep", programs: { "{tool}": SEMGREP }, beside: [python()] };
const EXAMPLES = fileURLToPath(new URL("../fixtures/rules/", import.meta.url));
const QUIET = ["--quiet", "--metrics=off", "--disable-version-check"];

const APP = { "pyproject.toml": '[project]\nname = "app"\n' };
const LIB = { "lib/pyproject.toml": '[project]\nname = "lib"\n' };
const UNSAFE = "import os\n\n\ndef run(name, code):\n    os.system(name)\n    return eval(code)\n";
const OWN_RULES = [
  "rules:",
  "- {id: no-os, languages: [python], severity: ERROR, message: no os, pattern: os.system(...)}",
  "",
].join("\n");

test("each rule of this package finds its examples, and nothing else in them", () => {
  using folder = examples();
  const done = spawnSync(SEMGREP, ["scan", "--test", "--json", ...QUIET, "."], { cwd: folder.root, encoding: "utf8" });
  const { results } = JSON.parse(done.stdout) as { results: Record<string, { checks: Record<string, Check> }> };
  const checks = Object.values(results).flatMap((each) => Object.entries(each.checks));
  const failed = checks.filter(([, { passed }]) => !passed).map(([id, { matches }]) => ({ id, matches }));
  expect(failed).toEqual([]);
  const tested = checks.flatMap(([id, { matches }]) => (hasExample(matches) ? [id.split(".").at(-1)] : []));
  expect(new Set(tested)).toEqual(new Set(RULES.map(({ id }) => id)));
});

test("what is found is what semgrep finds by hand", () => {
  using repository = onDisk({ ...APP, ".semgrep.yml": OWN_RULES, "a.py": UNSAFE, "b/c.py": UNSAFE, "d.py": "x = 1\n" });
  const found = findingsOf(validate(semgrep({ bundled: false }), repository, RUN));
  expect(found).toEqual(byHand(repository));
  expect(found).toEqual(["a.py:5 no-os", "b/c.py:5 no-os"]);
});

test("the rules of this package and of the repository work together, without a network", () => {
  using repository = onDisk({ ...APP, ".semgrep/own.yml": OWN_RULES, "a.py": UNSAFE });
  const env = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
  expect(findingsOf(validate(semgrep(), repository, { ...RUN, env }))).toEqual([
    "a.py:5 python-shell",
    "a.py:5 semgrep.no-os",
    "a.py:6 python-eval",
  ]);
});

test("inline suppressions and ignore files count", () => {
  using repository = onDisk({
    ...APP,
    "a.py": UNSAFE.replace("(name)\n", "(name)  # nosemgrep\n").replace(
      "(code)\n",
      "(code)  # nosemgrep: python-eval\n",
    ),
    "old/b.py": UNSAFE,
    ".semgrepignore": "old/\n",
  });
  expect(findingsOf(validate(semgrep(), repository, RUN))).toEqual([]);
});

test("files that git ignores and folders of other projects are left out", () => {
  using repository = onDisk({
    ...APP,
    ...LIB,
    "lib/b.py": UNSAFE,
    "made/c.py": UNSAFE,
    ".gitignore": "made/\n",
    "a.py": "",
  });
  const use = semgrep({ args: ["--no-git-ignore"] });
  const own = ignoring(repository, "made/c.py");
  expect(findingsOf(validate(use, own, { ...RUN, project: "app" }))).toEqual([]);
  expect(findingsOf(validate(use, own, { ...RUN, project: "lib" }))).toEqual([
    "lib/b.py:5 python-shell",
    "lib/b.py:6 python-eval",
  ]);
});

test("a file that cannot be read whole is a warning", () => {
  using repository = onDisk({ ...APP, "bad.py": "x = = 1 ) (\n  eval(x\nclass\n" });
  expect(findingsOf(validate(semgrep(), repository, RUN))).toEqual(["bad.py:1 unreadable"]);
});

test("nothing is written to the user's folder", () => {
  using repository = onDisk({ ...APP, "a.py": UNSAFE });
  using home = onDisk({});
  findingsOf(validate(semgrep(), repository, { ...RUN, env: { HOME: home.root } }));
  expect(readdirSync(home.root)).toEqual([".git"]);
  expect(existsSync(join(repository.root, ".semgrep"))).toBe(false);
});

test.each([
  ["is no YAML", "rules: [{id: broken", "Invalid YAML"],
  ["has no message", "rules: [{id: broken}]\n", "'message'"],
  [
    "has a pattern that is none",
    'rules: [{id: broken, languages: [python], severity: ERROR, message: m, pattern: "def ("}]\n',
    "Invalid pattern",
  ],
])("a rule that %s is a clear error", (_, rules, said) => {
  using repository = onDisk({ ...APP, ".semgrep.yml": rules, "a.py": UNSAFE });
  expect(validate(semgrep(), repository, RUN)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining(said), hint: expect.any(String) },
  });
});

/** What `semgrep --test` says of a rule in a file. */
interface Check {
  readonly passed: boolean;
  readonly matches: Readonly<Record<string, { readonly expected_lines: readonly number[] }>>;
}

function hasExample(matches: Check["matches"]): boolean {
  return Object.values(matches).some(({ expected_lines: lines }) => lines.length > 0);
}

/** The rules beside their examples, as `semgrep --test` wants them. */
function examples(): Disposable & { readonly root: string } {
  const root = mkdtempSync(join(tmpdir(), "rules-"));
  writeFileSync(join(root, "rules.yaml"), JSON.stringify({ rules: RULES }));
  for (const name of readdirSync(EXAMPLES)) copyFileSync(join(EXAMPLES, name), join(root, name));
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

function byHand({ root }: OnDisk): string[] {
  const args = ["scan", "--config", ".semgrep.yml", "--json", ...QUIET, "."];
  const done = spawnSync(SEMGREP, args, { cwd: root, encoding: "utf8" });
  const { results } = JSON.parse(done.stdout) as {
    results: { path: string; start: { line: number }; check_id: string }[];
  };
  return results.map(({ path, start, check_id: id }) => `${path}:${String(start.line)} ${id}`).sort();
}
