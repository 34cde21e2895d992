import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { PYTHON_BIN } from "../../support/places.ts";
import { compare, tell } from "../../support/recall-rig.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";

const args = ["run", "ruff", "--json"];

function pythonRepository(): TestRepository {
  return createRepository({
    ".gitignore": ".venv/\n",
    "a/pyproject.toml": '[project]\nname = "a"\n[tool.ruff]\n',
    "a/a.py": "import os\n",
    "b/pyproject.toml": '[project]\nname = "b"\n[tool.ruff]\n',
    "b/b.py": "x = 1\n",
  });
}

/** A ruff that is a script, says this version and does what the real one does. */
function putRuff(folder: string, version: string): void {
  mkdirSync(folder, { recursive: true });
  const real = join(PYTHON_BIN, "ruff");
  const script = `#!/bin/sh\nif [ "$1" = --version ]; then echo ruff ${version}; else exec ${real} "$@"; fi\n`;
  writeFileSync(join(folder, "ruff"), script);
  chmodSync(join(folder, "ruff"), 0o755);
}

async function expectLookedUp(repository: TestRepository, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const { first, here, whole } = await compare(repository, { args, env });
  expect(first.isRecalled).toBe(false);
  expect(here).toEqual(whole);
  await tell(repository, { args, env });
  expect((await tell(repository, { args, env })).isRecalled).toBe(true);
}

test.runIf(process.platform !== "win32")(
  "a tool that is another one, or found elsewhere, counts for whom it is found",
  async () => {
    using repository = pythonRepository();
    const { root, home } = repository;
    const bin = join(home, "bin");
    putRuff(bin, "1.0.0");
    const env = { PATH: [bin, repository.env["PATH"] ?? ""].join(delimiter) };
    await tell(repository, { args });
    expect((await tell(repository, { args })).isRecalled).toBe(true);
    // Another one earlier on PATH, then upgraded in place.
    await expectLookedUp(repository, env);
    putRuff(bin, "1.1.0");
    await expectLookedUp(repository, env);
    // One of the two projects gets an environment, which git ignores.
    const venv = join(root, "b/.venv");
    putRuff(join(venv, "bin"), "2.0.0");
    symlinkSync(join(PYTHON_BIN, "python"), join(venv, "bin/python"));
    writeFileSync(join(venv, "pyvenv.cfg"), `home = ${dirname(PYTHON_BIN)}\n`);
    await expectLookedUp(repository, env);
    rmSync(venv, { recursive: true });
    await expectLookedUp(repository, env);
  },
);

test("a memo of tools that is gone is made again, and the run is still told from the snapshot", async () => {
  using repository = pythonRepository();
  await tell(repository, { args });
  rmSync(join(repository.root, ".git/symbiotic/tools.memo"));
  expect((await tell(repository, { args })).isRecalled).toBe(true);
});
