import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { testPlugin } from "@symbiotic-build/engine/testing";
import { expect, test } from "vitest";
import {
  findingsOf,
  git,
  ignoring,
  nativeProgram,
  onDisk,
  python,
  validate,
  type OnDisk,
} from "../../../../test/support/validators.ts";
import { gitleaks } from "../../src/index.ts";

const GITLEAKS = nativeProgram("gitleaks");
const TREE = { atom: "gitleaks", programs: { "{tool}": GITLEAKS }, beside: [python()] };
const HISTORY = { ...TREE, atom: "gitleaks-history" };

const APP = '[project]\nname = "app"\n';
const LIB = '[project]\nname = "lib"\n';
/** In two parts, so that this file holds no secret. */
const SECRET = ["ghp", "1a2B3c4D5e6F7g8H9i0JkLmNoPqRsTuVwX12"].join("_");
const LEAK = `x = 1\ntoken = "${SECRET}"\n`;

test("what is found in the files is what gitleaks finds by hand", () => {
  using repository = onDisk({ "pyproject.toml": APP, "a.py": LEAK, "b/c.txt": LEAK, "d.py": "x = 1\n" });
  expect(findingsOf(validate(gitleaks(), repository, TREE))).toEqual(byHand(repository, "dir"));
  expect(byHand(repository, "dir")).toEqual(["a.py:2 github-pat", "b/c.txt:2 github-pat"]);
});

test("over all projects the findings are those of one run at the root", () => {
  using repository = onDisk({ "pyproject.toml": APP, "a.py": LEAK, "lib/pyproject.toml": LIB, "lib/b.py": LEAK });
  const each = ["app", "lib"].map((project) => findingsOf(validate(gitleaks(), repository, { ...TREE, project })));
  expect(each).toEqual([["a.py:2 github-pat"], ["lib/b.py:2 github-pat"]]);
  expect(each.flat()).toEqual(byHand(repository, "dir"));
});

test("folders of other projects are not even read, whatever they are called, and all else is", () => {
  using repository = onDisk({
    "pyproject.toml": APP,
    "a.py": LEAK,
    "l+b [1]/pyproject.toml": LIB,
    "l+b [1]/b.py": LEAK,
    "l+b [1].py": LEAK,
    "sub/l+b [1]/c.py": LEAK,
  });
  const { env = {} } = testPlugin(gitleaks(), { files: repository.files, beside: [python()] })
    .atom("gitleaks", "app")
    .command();
  const done = spawnSync(
    GITLEAKS,
    ["dir", ".", "--report-format", "json", "--report-path", "r.json", "--exit-code", "0"],
    {
      cwd: repository.root,
      env,
    },
  );
  expect(done.status).toBe(0);
  const leaks = JSON.parse(readFileSync(join(repository.root, "r.json"), "utf8")) as { readonly File: string }[];
  const read = ["a.py", "l+b [1].py", "sub/l+b [1]/c.py"];
  expect(leaks.map(({ File }) => File).sort()).toEqual(read);
  const told = findingsOf(validate(gitleaks(), ignoring(repository, "r.json"), { ...TREE, project: "app" }));
  expect(told).toEqual(read.map((file) => `${file}:2 github-pat`));
});

test("files that git ignores are left out", () => {
  using repository = onDisk({ "pyproject.toml": APP, "a.py": "", ".env": LEAK });
  expect(byHand(repository, "dir")).toEqual([".env:2 github-pat"]);
  expect(findingsOf(validate(gitleaks(), ignoring(repository, ".env"), TREE))).toEqual([]);
});

test("inline comments, the ignore file and the settings at the root count in every project", () => {
  using repository = onDisk({
    "pyproject.toml": APP,
    "lib/pyproject.toml": LIB,
    "lib/inline.py": `${LEAK.trimEnd()}  # gitleaks:allow\n`,
    "lib/ignored.py": LEAK,
    "lib/allowed.py": LEAK,
    ".gitleaksignore": "lib/ignored.py:github-pat:2\n",
    ".gitleaks.toml": "[extend]\nuseDefault = true\n[[allowlists]]\npaths = ['''^lib/allowed\\.py$''']\n",
  });
  expect(findingsOf(validate(gitleaks(), repository, { ...TREE, project: "lib" }))).toEqual([]);
  expect(byHand(repository, "dir")).toEqual([]);
});

test("the history tells of files that are no more, in all projects", () => {
  using repository = onDisk({ "pyproject.toml": APP, "a.py": LEAK, "lib/pyproject.toml": LIB, "lib/b.py": LEAK }, true);
  rmSync(join(repository.root, "a.py"));
  git(repository.root, ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--all", "-m", "second"]);
  const found = validate(gitleaks(), ignoring(repository, "a.py"), { ...HISTORY, project: "app" });
  expect(findingsOf(found)).toEqual(byHand(repository, "git"));
  expect(findingsOf(found)).toEqual(["a.py:2 github-pat", "lib/b.py:2 github-pat"]);
});

test("a user's own settings of git do not change what is found in the history", () => {
  using repository = onDisk({ "pyproject.toml": APP, "lib/b.py": LEAK }, true);
  using settings = onDisk({
    gitconfig: "[diff]\nnoprefix = true\n[color]\nui = always\n[log]\nshowSignature = true\n",
  });
  const env = { GIT_CONFIG_GLOBAL: join(settings.root, "gitconfig") };
  expect(findingsOf(validate(gitleaks(), repository, { ...HISTORY, env }))).toEqual(["lib/b.py:2 github-pat"]);
});

test("a history and a work tree without secrets are clean", () => {
  using repository = onDisk({ "pyproject.toml": APP, "a.py": "x = 1\n" }, true);
  expect(findingsOf(validate(gitleaks(), repository, TREE))).toEqual([]);
  expect(findingsOf(validate(gitleaks(), repository, HISTORY))).toEqual([]);
});

test("no secret is in what a run leaves, whatever the configuration asks for", () => {
  using repository = onDisk({ "pyproject.toml": APP, "a.py": LEAK }, true);
  for (const run of [TREE, HISTORY]) {
    const outcome = validate(gitleaks({ args: ["--redact=0", "--verbose"] }), repository, run);
    expect(findingsOf(outcome)).toEqual(["a.py:2 github-pat"]);
    expect(JSON.stringify(outcome)).not.toContain(SECRET);
  }
  // What was written while it ran: the report in the task's folder, and what is in the log.
  const left = spawnSync("git", ["grep", "--no-index", "--files-with-matches", SECRET], { cwd: repository.root });
  expect(left.stdout.toString()).toBe("a.py\n");
});

test("settings that gitleaks cannot use are a clear error", () => {
  using repository = onDisk({
    "pyproject.toml": APP,
    "a.py": LEAK,
    ".gitleaks.toml": "[[rules]]\nid = 'x'\nregex = '''('''\n",
  });
  expect(validate(gitleaks(), repository, TREE)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining("gitleaks stopped"), hint: expect.any(String) },
  });
});

function byHand({ root }: OnDisk, mode: "dir" | "git"): string[] {
  const args = [mode, ".", "--report-format", "json", "--report-path", "-", "--no-banner"];
  const done = spawnSync(GITLEAKS, args, { cwd: root, encoding: "utf8" });
  const leaks = JSON.parse(done.stdout) as { File: string; StartLine: number; RuleID: string }[];
  return leaks.map(({ File, StartLine, RuleID }) => `${File}:${String(StartLine)} ${RuleID}`).sort();
}
