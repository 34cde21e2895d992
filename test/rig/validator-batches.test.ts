import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromSource } from "../support/from-source.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";
import { nodeProgram, pythonProgram } from "../support/validators.ts";

// Real tools over projects whose settings differ: with one slot those that may share a process do, with a slot for each task
// none does, and what is told of each has to be the same.

const BAD = 'import subprocess\nx  = {"a" : 1}\nsubprocess.call("ls", shell=True)\nassert x\n';
const UGLY_CODE = "const  one = 'a'\n";
const NAMES = ["core", "core-tools", "alone", "lists", "module", "broken", "clean", "deep/inner", "build"];

const FILES: Readonly<Record<string, string>> = {
  ".gitignore": ".symbiotic/\n",
  "pyproject.toml":
    '[project]\nname = "all"\nversion = "1"\n[tool.black]\nline-length = 60\nextend-exclude = "/skipped/"\n[tool.bandit]\nskips = ["B101"]\n[tool.ruff]\nline-length = 60\n[tool.ruff.format]\nquote-style = "single"\n',
  ".prettierrc": '{ "singleQuote": true }\n',
  ".prettierignore": "**/skipped/\n",
  "package.json": '{ "name": "all", "private": true, "devDependencies": { "prettier": "3.10.1" } }\n',
  ...Object.assign({}, ...NAMES.map(project)),
  // Other settings than those of the root, each for another tool.
  "alone/pyproject.toml":
    '[project]\nname = "alone"\nversion = "1"\n[tool.black]\nline-length = 200\nskip-string-normalization = true\n[tool.bandit]\nskips = ["B404"]\n[tool.ruff.format]\nquote-style = "double"\n',
  "alone/.prettierrc": '{ "semi": false }\n',
  "lists/pyproject.toml": '[project]\nname = "lists"\nversion = "1"\n[tool.bandit]\nexclude_dirs = ["lists/src"]\n',
  "core/.bandit": "[bandit]\nskips: B602\n",
  "module/__init__.py": "",
  "broken/src/bad.py": "def f(:\n",
  "broken/src/bad.js": "const = ;\n",
  "clean/src/app.py": "X = 1\n",
  "clean/src/app.js": "const one = 'a';\n",
  "core-tools/skipped/app.py": BAD,
  "core-tools/skipped/app.js": UGLY_CODE,
  "core-tools/venv_tools.py": BAD,
};

function project(name: string): Record<string, string> {
  return {
    [`${name}/pyproject.toml`]: `[project]\nname = "${name.replace("/", "-")}"\nversion = "1"\n`,
    [`${name}/src/app.py`]: BAD,
    [`${name}/src/app.js`]: UGLY_CODE,
    [`${name}/tests/test_app.py`]: BAD,
  };
}

interface Told {
  readonly tasks: readonly { readonly id: string; readonly status: string; readonly summary: string }[];
  readonly findings: readonly { readonly tool: string; readonly file: string }[];
}

interface Ran {
  readonly told: Told;
  /** How often each tool was started to judge something. */
  readonly starts: Readonly<Record<string, number>>;
}

const TOOLS = ["bandit", "black", "prettier"];
let repository: TestRepository;
let together: Ran;
let alone: Ran;

beforeAll(async () => {
  repository = createRepository(FILES);
  placeTools(repository);
  together = await run("1");
  alone = await run("64");
}, 300_000);

afterAll(() => {
  repository[Symbol.dispose]();
});

async function run(concurrency: string): Promise<Ran> {
  const { root, home } = repository;
  for (const path of [".git/symbiotic", ".symbiotic"]) rmSync(join(root, path), { recursive: true, force: true });
  const starts = join(home, "starts");
  writeFileSync(starts, "");
  const args = ["run", ...TOOLS, "--continue", "--json", "--concurrency", concurrency];
  const { stdout } = await fromSource(repository, args, {
    VIRTUAL_ENV: join(home, "env"),
    BLACK_CACHE_DIR: join(home, concurrency),
  });
  const told = JSON.parse(stdout, (key, value: unknown) => (key === "durationMs" ? 0 : value)) as Told;
  return { told, starts: counted(readFileSync(starts, "utf8").trim().split("\n")) };
}

function counted(lines: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const line of lines) counts[line] = (counts[line] ?? 0) + 1;
  return counts;
}

/** The real tools, each behind a script that counts its starts. */
function placeTools({ root, home }: TestRepository): void {
  const starts = join(home, "starts");
  const bin = join(home, "env/bin");
  script(
    join(bin, "python"),
    `[ "$1" = -m ] && echo "$2" >> '${starts}'\nexec '${pythonProgram("tools", "python")}' "$@"`,
  );
  const folder = join(root, "node_modules/prettier");
  mkdirSync(folder, { recursive: true });
  symlinkSync(dirname(dirname(nodeProgram("prettier/bin/prettier.cjs"))), join(folder, "real"), "junction");
  const manifest = { name: "prettier", version: "3.10.1", bin: { prettier: "./bin.mjs" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(
    join(folder, "bin.mjs"),
    `import { appendFileSync } from "node:fs";\nappendFileSync(${JSON.stringify(starts)}, "prettier\\n");\nawait import("./real/bin/prettier.cjs");\n`,
  );
  writeFileSync(join(root, ".git/info/exclude"), "node_modules/\n");
}

function script(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

test.each(TOOLS)("%s says of projects that share a process what it says of each alone", (tool) => {
  const of = ({ told }: Ran): unknown =>
    told.tasks
      .filter(({ id }) => id.includes(tool.replace("-", "_")))
      .map(({ id, status, summary }) => `${id} ${status} ${summary}`)
      .sort();
  expect(of(together)).toEqual(of(alone));
  expect(of(together)).not.toEqual([]);
});

test("the findings are the same, all of them", () => {
  expect(together.told.findings).toEqual(alone.told.findings);
  const files = alone.told.findings.map(({ file, tool }) => `${tool} ${file}`);
  // Settings, and what only looks like an environment's folder, count in both ways.
  expect(files.filter((each) => /^(?:black|prettier) .*skipped/.test(each))).toEqual([]);
  // Black itself leaves out a folder of this name.
  expect(files).not.toContain("black build/src/app.py");
  expect(files).toEqual(expect.arrayContaining(["bandit core-tools/venv_tools.py", "black core/src/app.py"]));
});

test("one process judges what several did, and what cannot share one is alone", () => {
  expect(alone.starts).toEqual({ bandit: NAMES.length, black: NAMES.length, prettier: NAMES.length });
  // The first may be started before it is known what else there is.
  const { bandit = 0, black = 0, prettier = 0 } = together.starts;
  expect(bandit).toBeLessThanOrEqual(6);
  expect(black).toBeLessThanOrEqual(3);
  expect(prettier).toBeLessThanOrEqual(2);
});
