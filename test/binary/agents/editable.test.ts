import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installInPlace, sitePackages } from "../../support/agents/python-environment.ts";
import { agentRepository, manifest, shell } from "../../support/agents/repository.ts";

const FILES = {
  "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n',
  "src/app/__init__.py": "ANSWER = 1\n",
  "tests/test_app.py": "import app\n\n\ndef test_answer():\n    assert app.ANSWER == 2, app.__file__\n",
};

// Without a sandbox of ours Codex brings its own, which does not work below the system's folder for temporary files.
test.each([
  ["codex, in the sandbox", "codex", []],
  ["claude, in the sandbox", "claude", []],
  ["claude, without one", "claude", ["--unsandboxed"]],
] as const)(
  "what an agent tests is what it wrote, where the project is installed in place: %s",
  async (_, name, flags) => {
    const commands = [
      "echo 'ANSWER = 2' > src/app/__init__.py",
      ".venv/bin/python -m pytest -q -p no:cacheprovider tests > result.txt",
      "echo spoiled >> .venv/lib/python3*/site-packages/pytest/__init__.py",
    ];
    await using rig = await agentRepository(
      name,
      ({ turn }) => {
        const command = commands[turn];
        return command === undefined ? manifest(name, ["result.txt", "src/app/__init__.py"]) : shell(name, command);
      },
      FILES,
    );
    installInPlace(rig.repository.root);
    const { exitCode, stdout, stderr } = await rig.run("fix the answer", ...flags);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: expect.any(String),
      stderr: expect.any(String),
    });
    expect(rig.repository.read("result.txt")).toMatch(/^\.\s+\[100%\]\n1 passed/);
    // What is installed is the user's: nothing that is done to it reaches it.
    const pytest = join(sitePackages(join(rig.repository.root, ".venv")), "pytest/__init__.py");
    expect(readFileSync(pytest, "utf8")).not.toContain("spoiled");
  },
);
