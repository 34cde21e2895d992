import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { agentRepository, manifest, shell, type AgentRepository } from "../../support/agents/repository.ts";
import { ROOT } from "../../support/places.ts";

const FILES = {
  "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n',
  "src/app/__init__.py": "ANSWER = 1\n",
  "tests/test_app.py": "import app\n\n\ndef test_answer():\n    assert app.ANSWER == 2, app.__file__\n",
};

/** An environment with pytest in it, and the project installed so that its sources are imported where they lie. */
function install({ repository: { root } }: AgentRepository): void {
  execFileSync("python3", ["-m", "venv", "--without-pip", join(root, ".venv")]);
  const [from, to] = [join(ROOT, ".cache/python"), join(root, ".venv")].map((folder) => {
    const version = readdirSync(join(folder, "lib")).find((name) => name.startsWith("python3"));
    return join(folder, "lib", version ?? "", "site-packages");
  });
  if (from === undefined || to === undefined) throw new Error("no site-packages");
  for (const name of ["py.py", "pytest", "_pytest", "pluggy", "iniconfig", "packaging", "pygments"])
    cpSync(join(from, name), join(to, name), { recursive: true });
  const notes = join(to, "app-1.0.dist-info");
  mkdirSync(notes);
  writeFileSync(join(to, "__editable__.app-1.0.pth"), `${join(root, "src")}\n`);
  writeFileSync(join(notes, "METADATA"), "Metadata-Version: 2.1\nName: app\nVersion: 1.0\n");
  writeFileSync(join(notes, "top_level.txt"), "app\n");
  writeFileSync(
    join(notes, "direct_url.json"),
    JSON.stringify({ url: `file://${root}`, dir_info: { editable: true } }),
  );
}

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
    install(rig);
    const { exitCode, stdout, stderr } = await rig.run("fix the answer", ...flags);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: expect.any(String),
      stderr: expect.any(String),
    });
    expect(rig.repository.read("result.txt")).toMatch(/^\.\s+\[100%\]\n1 passed/);
    // What is installed is the user's: nothing that is done to it reaches it.
    const site = join(rig.repository.root, ".venv/lib");
    const pytest = join(site, readdirSync(site)[0] ?? "", "site-packages/pytest/__init__.py");
    expect(readFileSync(pytest, "utf8")).not.toContain("spoiled");
  },
);
