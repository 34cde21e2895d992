import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Outcome, Result, Diagnostic } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { git, onDisk, pythonProgram, validate, type OnDisk } from "../../../../test/support/validators.ts";
import { preCommit } from "../../src/index.ts";

const PYTHON = pythonProgram("tools", "python");
const CONFIG = ".pre-commit-config.yaml";

/** Hooks in Python, so that they are the same on every system; each gets the files as arguments. */
const HOOKS = {
  "hooks/fix.py": `import sys
for name in sys.argv[1:]:
    text = open(name).read()
    if text.rstrip() + '\\n' != text:
        open(name, 'w').write(text.rstrip() + '\\n')
        print('Fixing ' + name)
`,
  "hooks/quiet.py": `import sys
for name in sys.argv[1:]:
    text = open(name).read()
    open(name, 'w').write(text.rstrip() + '\\n')
`,
  "hooks/lint.py": `import sys
bad = [name for name in sys.argv[1:] if 'TODO' in open(name).read() and 'noqa' not in open(name).read()]
for name in bad:
    print(name + ':1:2: TODO left')
sys.exit(3 if bad else 0)
`,
};

function hook(id: string, script: string, more = ""): string {
  return `  - {id: ${id}, name: "the hook ${id}", language: system, entry: '"${PYTHON}" hooks/${script}.py'${more}}\n`;
}

const ALL = `repos:
- repo: local
  hooks:
${hook("fix", "fix", ", files: 'txt$'")}${hook("lint", "lint", ", files: 'py$', require_serial: true")}${hook("none", "lint", ", files: nowhere")}`;

const WRONG = {
  [CONFIG]: ALL,
  ...HOOKS,
  "a.py": "# TODO\n",
  "sub/b.py": "x = 1\n",
  "c d.txt": "text  \n\n",
  "e.txt": "text\n",
};

test("what is found is what pre-commit finds by hand, and no file of the repository is changed", () => {
  using repository = onDisk(WRONG, true);
  const before = stateOf(repository);
  const outcome = run(repository);
  expect(stateOf(repository)).toEqual(before);
  expect(tuplesOf(outcome)).toEqual([
    ["fix", 0, ["c d.txt"]],
    ["lint", 3, ["a.py"]],
  ]);
  expect(tuplesOf(outcome)).toEqual(byHand(repository));
});

test("the copy is taken away, and nothing is left in git", () => {
  using repository = onDisk(WRONG, true);
  const own = readdirSync(join(repository.root, ".git")).sort();
  run(repository);
  const out = join(repository.root, ".symbiotic/out");
  expect(readdirSync(out).flatMap((task) => readdirSync(join(out, task)))).not.toContain("tree");
  expect(readdirSync(join(repository.root, ".git")).sort()).toEqual(own);
});

test("a clean repository is clean", () => {
  using repository = onDisk({ ...WRONG, "a.py": "x = 1\n", "c d.txt": "text\n" }, true);
  expect(run(repository)).toMatchObject({ ok: true, value: { summary: "ok", evidence: { findings: [] } } });
});

test("hooks see the work tree as it is: what changed, what is gone, and of new files those that git knows", () => {
  using repository = onDisk(WRONG, true);
  write(repository, { "a.py": "x = 1\n", "sub/b.py": "# TODO\n", "new.py": "# TODO\n", "unknown.py": "# TODO\n" });
  rmSync(join(repository.root, "c d.txt"));
  git(repository.root, ["add", "new.py"]);
  const before = stateOf(repository);
  const outcome = run(repository);
  expect(tuplesOf(outcome)).toEqual([["lint", 3, ["new.py", "sub/b.py"]]]);
  expect(stateOf(repository)).toEqual(before);
});

test("inline suppressions, `exclude` and SKIP count", () => {
  const config = ALL.replace("files: 'txt$'", () => "files: 'txt$', exclude: 'c d'");
  using repository = onDisk({ ...WRONG, [CONFIG]: config, "a.py": "# TODO noqa\n", "b.py": "# TODO\n" }, true);
  expect(tuplesOf(run(repository))).toEqual([["lint", 3, ["b.py"]]]);
  expect(tuplesOf(run(repository, { env: { SKIP: "lint" } }))).toEqual([]);
});

test("with fail_fast the hook at which pre-commit stops is told of, and no other", () => {
  using repository = onDisk({ ...WRONG, [CONFIG]: `fail_fast: true\n${ALL.replace("fix.py", "quiet.py")}` }, true);
  expect(tuplesOf(run(repository))).toEqual([["fix", 0, ["c d.txt"]]]);
  expect(tuplesOf(run(repository))).toEqual(byHand(repository));
});

test("two hooks with one id, and hooks of another stage, are told apart", () => {
  const hooks = [
    hook("lint", "lint", ", files: '^a'"),
    hook("lint", "lint", ", files: '^sub'"),
    hook("fix", "quiet", ", files: 'txt$', stages: [pre-commit, manual]"),
    hook("own", "lint", ", files: '^a', stages: [pre-commit]"),
  ];
  const files = { ...WRONG, [CONFIG]: `default_stages: [manual]\nrepos:\n- repo: local\n  hooks:\n${hooks.join("")}` };
  using repository = onDisk({ ...files, "sub/b.py": "# TODO\n" }, true);
  expect(tuplesOf(run(repository))).toEqual([
    ["fix", 0, ["c d.txt"]],
    ["own", 3, ["a.py"]],
  ]);
  expect(tuplesOf(run(repository, { args: ["--hook-stage", "manual"] }))).toEqual([
    ["fix", 0, ["c d.txt"]],
    ["lint", 3, ["a.py"]],
    ["lint", 3, ["sub/b.py"]],
  ]);
});

test("hooks know the branch and the history, and links lead to what git ignores", () => {
  const script = `import os, subprocess, sys
branch = subprocess.run(['git', 'branch', '--show-current'], stdout=subprocess.PIPE, text=True).stdout.strip()
log = subprocess.run(['git', 'log', '--format=%s', 'v1'], stdout=subprocess.PIPE, text=True).stdout.split()
print(branch, log, os.path.exists('made/tool'), os.path.exists('other'))
sys.exit(1)
`;
  const config = `repos:\n- repo: local\n  hooks:\n${hook("tell", "tell", ", pass_filenames: false, always_run: true")}`;
  using repository = onDisk({ [CONFIG]: config, "hooks/tell.py": script, ".gitignore": "made\nother\n" }, true);
  git(repository.root, ["tag", "v1"]);
  write(repository, { "made/tool": "", other: "" });
  const outcome = run(repository, { link: ["made", "absent"] });
  expect(outcome).toMatchObject({
    value: { evidence: { findings: [{ message: "the hook tell: exit code 1\nmain ['first'] True False" }] } },
  });
});

test("hooks of another repository are had from where git is told to look", () => {
  using hooks = onDisk({
    ".pre-commit-hooks.yaml": "- {id: no-todo, name: no TODO, language: script, entry: check.sh, files: 'py$'}\n",
    "check.sh":
      '#!/bin/sh\nstatus=0\nfor f; do if grep -q TODO "$f"; then echo "$f: TODO"; status=1; fi; done\nexit $status\n',
  });
  chmodSync(join(hooks.root, "check.sh"), 0o755);
  git(hooks.root, ["add", "--all"]);
  git(hooks.root, ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "first"]);
  git(hooks.root, ["tag", "v1"]);
  const home = join(hooks.root, "home");
  mkdirSync(home);
  writeFileSync(
    join(home, ".gitconfig"),
    `[url "file://${dirname(hooks.root)}/"]\n\tinsteadOf = https://hooks.example/\n`,
  );
  const name = hooks.root.slice(dirname(hooks.root).length + 1);
  const config = `repos:\n- repo: https://hooks.example/${name}\n  rev: v1\n  hooks:\n  - id: no-todo\n`;
  using repository = onDisk({ [CONFIG]: config, "a.py": "# TODO\n", "b.py": "" }, true);
  const env = { HOME: home, PRE_COMMIT_HOME: join(home, "cache") };
  expect(tuplesOf(run(repository, { env }))).toEqual([["no-todo", 1, ["a.py"]]]);
  expect(existsSync(join(home, "cache"))).toBe(true);
});

test.each([
  ["no YAML", "repos: [\n", ".pre-commit-config.yaml: "],
  ["no configuration", "repos: {}\n", "Expected array but got 'dict'"],
  ["a hook that is not whole", "repos:\n- repo: local\n  hooks:\n  - {id: x}\n", "Missing required key: name"],
  ["hooks that are nowhere", "repos:\n- {repo: /nowhere/at/all, rev: v1, hooks: [{id: x}]}\n", "fatal: "],
])("%s is a clear error", (_, config, said) => {
  using repository = onDisk({ [CONFIG]: config, "a.py": "" }, true);
  expect(run(repository)).toMatchObject({
    ok: false,
    error: { code: "SYM4461", message: expect.stringContaining(said), hint: expect.any(String) },
  });
});

interface More {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: string[];
  readonly link?: string[];
}

function run(repository: OnDisk, { env = {}, args = [], link = [] }: More = {}): Result<Outcome, Diagnostic> {
  const cache = { PRE_COMMIT_HOME: join(repository.root, ".git/../.symbiotic/cache"), ...env };
  return validate(preCommit({ args, link }), repository, {
    atom: "pre-commit",
    programs: { "{python}": PYTHON },
    env: cache,
  });
}

type Tuple = readonly [hook: string, exit: number, files: readonly string[]];

function tuplesOf(outcome: Result<Outcome, Diagnostic>): readonly Tuple[] {
  if (!outcome.ok) throw new Error(`${outcome.error.message}\n${(outcome.error.notes ?? []).join("\n")}`);
  const { hooks } = outcome.value.evidence.data as { hooks: { hook: string; exit: number; files: string[] }[] };
  return sorted(hooks.map(({ hook: id, exit, files }) => [id, exit, files] as const));
}

/** Runs pre-commit in the repository itself, which changes it. */
function byHand({ root }: OnDisk): readonly Tuple[] {
  const done = spawnSync(PYTHON, ["-m", "pre_commit", "run", "--all-files"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, PRE_COMMIT_HOME: join(root, ".git/cache") },
  });
  const parts = done.stdout.split(/^(?=the hook )/m).filter((part) => /\.Failed$/m.test(part));
  const changed = git(root, ["diff", "--name-only", "-z"])
    .split("\0")
    .filter((file) => file !== "");
  return sorted(
    parts.map((part) => {
      const named = [...part.matchAll(/^(?!-)([^:\n]+):1:2: /gm)].map((match) => match[1] ?? "");
      const files = part.includes("files were modified") ? [...new Set([...named, ...changed])] : named;
      return [/hook id: (.*)/.exec(part)?.[1] ?? "", Number(/exit code: (.*)/.exec(part)?.[1] ?? 0), files] as const;
    }),
  );
}

function sorted(tuples: readonly Tuple[]): readonly Tuple[] {
  return tuples.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function write({ root }: OnDisk, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** What git says of the work tree and the index, and the bytes of every file. */
function stateOf({ root, files }: OnDisk): unknown {
  const texts = Object.keys(files).map((path) => {
    const file = join(root, path);
    return [path, existsSync(file) ? readFileSync(file, "utf8") : null];
  });
  const status = git(root, ["status", "--porcelain=v2", "--", ":!.symbiotic"]);
  return { texts, status, refs: git(root, ["for-each-ref"]), index: git(root, ["ls-files", "-s"]) };
}
