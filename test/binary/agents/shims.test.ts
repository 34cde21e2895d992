import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { sitePackages } from "../../support/agents/python-environment.ts";
import { agentRepository, manifest, shell, type AgentRepository } from "../../support/agents/repository.ts";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { ROOT } from "../../support/places.ts";

const PYTEST = /^(?:py\.py|_?pytest|pluggy|iniconfig|packaging|pygments)(?:-.*dist-info)?$/i;

const FILES = {
  ".gitignore": "node_modules/\n__pycache__/\n.pytest_cache/\n",
  "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n',
  "app.py": "ANSWER = 1\n",
  "test_app.py": "import app\n\n\ndef test_answer():\n    assert app.ANSWER == 2\n",
};

function repositoryWithout(): Promise<AgentRepository> {
  return agentRepository(
    "codex",
    ({ turn }) => (turn === 0 ? shell("codex", "echo 'ANSWER = 2' > app.py") : manifest("codex", ["app.py"])),
    FILES,
  );
}

function check({ repository, env }: AgentRepository, path: string): Promise<Ran> {
  const more = { ...env, PATH: `${path}:${repository.env["PATH"] ?? ""}` };
  const args = ["agent", "run", "fix it", "--agent", "codex", "--check", "pytest", "--rounds", "1"];
  return symbiotic(repository, args, { env: more });
}

function installPytest(to: string): void {
  const from = sitePackages(join(ROOT, ".cache/python"));
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((each) => PYTEST.test(each)))
    cpSync(join(from, name), join(to, name), { recursive: true });
}

/** A version of Python as pyenv installs it, and the script that it puts on PATH for all of them. */
function pyenv(home: string): string {
  const root = join(home, ".pyenv");
  const version = join(root, "versions/3.11.0");
  execFileSync("python3", ["-m", "venv", "--without-pip", version]);
  installPytest(sitePackages(version));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text, { mode: 0o755 });
  };
  write("libexec/pyenv", `#!/bin/sh\nshift\nname=$1\nshift\nexec "${version}/bin/$name" "$@"\n`);
  for (const name of ["python3", "python"])
    write(`shims/${name}`, `#!/bin/sh\nexec "${root}/libexec/pyenv" exec "${name}" "$@"\n`);
  return join(root, "shims");
}

test("checks find the interpreter behind a shim of pyenv, which the sandbox does not show", async () => {
  await using rig = await repositoryWithout();
  const shims = pyenv(rig.repository.home);
  rig.repository.write({ ".python-version": "3.11\n" });
  const { exitCode, stdout } = await check(rig, shims);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("1 task, all well") });
});

test("where what a shim starts is not there, nothing passes for checked, and it is told what to do", async () => {
  await using rig = await repositoryWithout();
  const shims = pyenv(rig.repository.home);
  rig.repository.write({ ".python-version": "3.13.9\n" });
  const { exitCode, stdout } = await check(rig, shims);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringMatching(/SYM8102 .*shim of pyenv/) });
  expect(stdout).toMatch(/3\.13\.9 is not in .*python3 -m venv \.venv/);
  expect(rig.repository.read("app.py")).toBe("ANSWER = 1\n");
});

test("checks find what is installed for the user alone", async () => {
  await using rig = await repositoryWithout();
  const { home } = rig.repository;
  const user = execFileSync("python3", ["-c", "import site; print(site.getusersitepackages())"], {
    encoding: "utf8",
    env: { ...process.env, HOME: home, PYTHONUSERBASE: undefined },
  });
  installPytest(user.trim());
  const { exitCode, stdout } = await check(rig, join(home, ".local/bin"));
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("1 task, all well") });
});
