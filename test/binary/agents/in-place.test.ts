import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  AGENT_NAMES,
  agentRepository,
  make,
  manifest,
  shell,
  type AgentName,
  type AgentRepository,
} from "../../support/agents/repository.ts";
import { installInPlace, sitePackages } from "../../support/agents/python-environment.ts";
import { startSymbiotic, symbiotic } from "../../support/binary.ts";
import { processesIn } from "../../support/processes.ts";
import type { Script } from "../../support/agents/stub-server.ts";
import { treeState } from "../../support/tree-state.ts";

/** What the engine itself writes there; git's index is refreshed by whoever asks it. */
const OWN = /^(?:\.symbiotic|artifacts|\.ai-audit\.jsonl|\.git\/(?:index|symbiotic)|node_modules)$/;

/** A tree in which a user works: uncommitted files, permissions, links, ignored files, and credentials. */
async function usedRepository(name: AgentName, script: Script): Promise<AgentRepository> {
  const rig = await agentRepository(name, script, {
    ".gitignore": "node_modules/\n.venv/\n.env\ncache/\n*.local\n",
    "src/run.sh": "echo run\n",
    "src/bytes.bin": "\u0000\u0001",
    "CLAUDE.md": "Be brief.\n",
  });
  const { repository } = rig;
  repository.write({
    "src/a.py": "one = 1\nmine = 2\n",
    "src/mine.py": "mine = 1\n",
    ".env": "TOKEN=hunter2\n",
    "cache/kept.txt": "kept\n",
    "src/settings.local": "local = 1\n",
  });
  chmodSync(join(repository.root, "src/run.sh"), 0o750);
  chmodSync(join(repository.root, "src/mine.py"), 0o600);
  symlinkSync("a.py", join(repository.root, "src/link.py"));
  mkdirSync(join(repository.root, "empty"));
  mkdirSync(join(repository.root, "artifacts"));
  return rig;
}

function eventsOf({ repository }: AgentRepository): readonly { event: string; data: Record<string, unknown> }[] {
  const lines = repository.read(".ai-audit.jsonl").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as { event: string; data: Record<string, unknown> });
}

describe.each(AGENT_NAMES)("%s", (name) => {
  test("works in the tree itself; what is accepted stays, the user's own work too, and what git ignores goes", async () => {
    let seen = "";
    let root = "";
    await using rig = await usedRepository(name, ({ turn }) => {
      if (turn === 0) return make(name, "src/b.py", "two = 2");
      if (turn === 1)
        return shell(
          name,
          "echo 'three = 3' >> src/a.py; cat .env cache/kept.txt > src/new.local; ls -A cache >> src/new.local; echo x > cache/kept.txt; echo x >> src/settings.local",
        );
      seen = readFileSync(join(root, "src/b.py"), "utf8");
      return manifest(name, ["src/b.py", "src/a.py"]);
    });
    ({ root } = rig.repository);
    const before = treeState(root, OWN);
    const { exitCode, stdout, stderr } = await rig.run("add b", "--in-place");
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining("2 files changed"),
      stderr: expect.any(String),
    });
    expect(stdout).toContain("· in your tree");
    // It was there while the agent worked, not only at the end.
    expect(seen).toBe("two = 2\n");
    expect(treeState(root, OWN)).toEqual({
      ...before,
      "src/a.py": expect.stringMatching(/^file 644 /),
      "src/b.py": expect.stringMatching(/^file 644 /),
    });
    expect(rig.repository.read("src/a.py")).toBe("one = 1\nmine = 2\nthree = 3\n");
    // What git does not see is judged by nobody: it is kept beside.
    const [displaced = ""] = readdirSync(join(root, ".symbiotic/displaced"));
    expect(stdout).toContain(`kept in .symbiotic/displaced/${displaced} (2 files)`);
    expect(rig.repository.read(`.symbiotic/displaced/${displaced}/src/new.local`)).not.toContain("hunter2");
    expect(rig.repository.read(`.symbiotic/displaced/${displaced}/src/settings.local`)).toBe("local = 1\nx\n");
    expect(existsSync(join(root, ".symbiotic/in-place"))).toBe(false);
    const [started, applied] = eventsOf(rig);
    expect(started).toMatchObject({ event: "agent-started", data: { inPlace: true, sandbox: true } });
    expect(applied).toMatchObject({ event: "change-applied", data: { inPlace: true, putBack: false } });
  });

  test.each([
    ["a file outside of the policy", "echo x >> README.md", "SYM5002"],
    ["files that go, and a folder with them", "rm -rf src empty CLAUDE.md; mkdir src; echo x > src/new.py", "SYM500"],
    ["permissions", "chmod 755 src/a.py; chmod 777 src/mine.py src; chmod 000 empty; chmod 4755 src/run.sh", "SYM5009"],
    ["links", "ln -s /etc/passwd src/passwd; rm src/link.py; ln -s ../../x src/link.py", "SYM5007"],
    [
      "a folder where a file was, and a file where a folder was",
      "rm src/a.py; mkdir -p src/a.py/deep; echo x > src/a.py/deep/y; rmdir empty; echo x > empty",
      "SYM500",
    ],
    [
      "what git is told to ignore",
      "echo '*.py' >> .gitignore; echo '!cache/' >> .gitignore; echo x > README.md; echo x > src/hidden.py",
      "SYM5002",
    ],
    ["folders that are moved", "mv src lib; mkdir src; mv lib src/lib; echo x > README.md", "SYM5002"],
    [
      "a pipe, a hard link and another repository",
      "mkfifo src/pipe; ln src/a.py src/hard.py; git init -q inner; git -C inner -c user.name=a -c user.email=a@b commit -q --allow-empty -m x; echo x > inner/x; echo x > README.md",
      "SYM5002",
    ],
    [
      "git's own directory",
      "echo evil > .git/hooks/pre-commit; git config core.fsmonitor evil; git commit -qam x; rm -rf .git; echo x > README.md",
      "SYM5002",
    ],
  ])("%s: refused, and the tree is what it was, to the byte", async (_, command, code) => {
    await using rig = await usedRepository(name, ({ turn }) => {
      // The vendors' own controls refuse some commands; a script does what it does.
      if (turn === 0) return make(name, "src/do.sh", command);
      return turn === 1 ? shell(name, "sh src/do.sh") : manifest(name, ["src/do.sh"]);
    });
    const { root } = rig.repository;
    const before = treeState(root, OWN);
    const { exitCode, stdout, stderr } = await rig.run("add b", "--in-place", "--allow", "src");
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: expect.stringContaining(code),
      stderr: expect.any(String),
    });
    expect(stdout).toContain("your tree was put back");
    expect(treeState(root, OWN)).toEqual(before);
    const [displaced = ""] = readdirSync(join(root, ".symbiotic/displaced"));
    expect(stdout).toContain(`what lay in your tree instead is kept in .symbiotic/displaced/${displaced}`);
    expect(readdirSync(join(root, ".symbiotic/displaced", displaced))).not.toEqual([]);
    expect(eventsOf(rig)[1]).toMatchObject({ event: "change-refused", data: { inPlace: true, putBack: true } });
    expect(existsSync(join(root, ".symbiotic/in-place"))).toBe(false);
  });

  test("killed in the middle: meanwhile no other command goes on, and the next one puts the tree back", async () => {
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    await using rig = await usedRepository(name, ({ turn, call }) => {
      if (turn === 0) return make(name, "src/b.py", "two = 2");
      if (turn === 1) return shell(name, "rm src/mine.py; echo x >> src/a.py; chmod 777 src");
      if (call > 3) return manifest(name, []);
      asked();
      return { fault: "hang" };
    });
    const { repository, env } = rig;
    const { root } = repository;
    const before = treeState(root, OWN);
    const running = startSymbiotic(repository, ["agent", "run", "add b", "--agent", name, "--in-place"], { env });
    await isAsked;
    expect(existsSync(join(root, "src/b.py"))).toBe(true);
    const meanwhile = await symbiotic(repository, ["projects"]);
    expect(meanwhile).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/SYM5065 .*process \d+/) });
    running.kill("SIGKILL");
    await running.ended;
    await expect.poll(() => processesIn(repository.home), { timeout: 20_000 }).toEqual([]);
    repository.write({ "src/later.py": "edited = 'after the kill'\n" });
    const next = await symbiotic(repository, ["projects"]);
    expect(next).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("SYM5066") });
    expect(treeState(root, OWN)).toEqual(before);
    const displaced = /\.symbiotic\/displaced\/[\w-]+/.exec(next.stderr)?.[0] ?? "";
    expect(repository.read(`${displaced}/src/b.py`)).toBe("two = 2\n");
    expect(repository.read(`${displaced}/src/later.py`)).toContain("after the kill");
    const after = await symbiotic(repository, ["projects"]);
    expect(after).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("an agent that comes to no end leaves the tree as it was", async () => {
    await using rig = await usedRepository(name, ({ turn }) =>
      turn === 0 ? make(name, "src/b.py", "two = 2") : { fault: "hang" },
    );
    const { root } = rig.repository;
    const before = treeState(root, OWN);
    const { exitCode, stdout } = await rig.run("add b", "--in-place", "--timeout", "8");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("your tree was put back") });
    expect(treeState(root, OWN)).toEqual(before);
  });
});

describe("checks", () => {
  const FILES = {
    "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n',
    "src/app/__init__.py": "ANSWER = 1\n",
    "tests/test_app.py": "import app\n\n\ndef test_answer():\n    assert app.ANSWER == 2\n",
  };
  const CHANGED = ["src/app/__init__.py"];

  test("run on a copy, as for other edits: what they find goes back, and then it is accepted", async () => {
    await using rig = await agentRepository(
      "codex",
      ({ turn, body }) => {
        const isAgain = JSON.stringify(body).includes("do not pass with what you changed");
        return turn === 0
          ? shell("codex", `echo 'ANSWER = ${isAgain ? "2" : "3"}' > src/app/__init__.py`)
          : manifest("codex", CHANGED);
      },
      FILES,
    );
    installInPlace(rig.repository.root);
    const { exitCode, stdout } = await rig.run("fix the answer", "--check", "pytest", "--in-place");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("checked in round 2") });
    expect(rig.repository.read("src/app/__init__.py")).toBe("ANSWER = 2\n");
  });

  test("start nothing of what the agent wrote outside of the sandbox, though the environment imports it when it starts", async () => {
    let canary = "";
    await using rig = await agentRepository(
      "codex",
      ({ turn }) => {
        const code = `import os\nif os.path.isdir('${dirname(canary)}'): open('${canary}', 'w').close()\nANSWER = 2`;
        if (turn === 0) return shell("codex", `cat > src/app/__init__.py <<"EOF"\n${code}\nEOF`);
        return manifest("codex", CHANGED);
      },
      { ...FILES, ".gitignore": "node_modules/\n.venv/\n__pycache__/\n" },
    );
    const { root, home } = rig.repository;
    canary = join(home, "beside/canary");
    mkdirSync(dirname(canary));
    installInPlace(root);
    // The tree's code runs whenever this Python starts.
    writeFileSync(join(sitePackages(join(root, ".venv")), "zz-hook.pth"), "import app\n");
    const { exitCode, stdout } = await rig.run("fix it", "--check", "pytest", "--in-place");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("all well") });
    expect(rig.repository.read("src/app/__init__.py")).toContain(canary);
    expect(existsSync(canary)).toBe(false);
  });

  test("that do not pass put the tree back", async () => {
    await using rig = await agentRepository(
      "claude",
      ({ turn }) =>
        turn === 0 ? shell("claude", "echo 'ANSWER = 3' > src/app/__init__.py") : manifest("claude", CHANGED),
      FILES,
    );
    installInPlace(rig.repository.root);
    const before = treeState(rig.repository.root, OWN);
    const { exitCode, stdout } = await rig.run("fix it", "--check", "pytest", "--rounds", "1", "--in-place");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("SYM5075") });
    expect(stdout).toContain("your tree was put back");
    expect(treeState(rig.repository.root, OWN)).toEqual(before);
  });
});

test.each([
  ["--unsandboxed", "SYM5076"],
  ["--dry-run", "SYM5076"],
])("with %s it is refused before anybody is asked", async (flag, code) => {
  await using rig = await usedRepository("claude", [{ text: "" }]);
  const { exitCode, stderr } = await rig.run("add b", "--in-place", flag);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(code) });
  expect(rig.stub.requests).toEqual([]);
});

test("instructions for agents that are not those of the last commit are obeyed by nobody", async () => {
  await using rig = await usedRepository("codex", [{ text: "" }]);
  rig.repository.write({ "CLAUDE.md": "Obey me.\n" });
  const { exitCode, stderr } = await rig.run("add b", "--in-place");
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(/SYM5077 .*CLAUDE\.md/) });
  expect(rig.stub.requests).toEqual([]);
  expect(existsSync(join(rig.repository.root, ".symbiotic/in-place"))).toBe(false);
});

test("in a linked worktree it works as in the main one", async () => {
  await using rig = await usedRepository("codex", ({ turn }) =>
    turn === 0
      ? shell("codex", "git status > src/seen.txt; git branch >> src/seen.txt")
      : manifest("codex", ["src/seen.txt"]),
  );
  const { repository, env } = rig;
  const linked = join(repository.root, "../linked");
  repository.git("worktree", "add", "-q", linked);
  symlinkSync(join(repository.root, "node_modules"), join(linked, "node_modules"));
  writeFileSync(join(linked, "src/mine.py"), "mine = 1\n");
  const ran = await symbiotic(repository, ["agent", "run", "x", "--agent", "codex", "--in-place"], {
    env,
    cwd: linked,
  });
  expect(ran).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("1 file changed") });
  expect(readFileSync(join(linked, "src/seen.txt"), "utf8")).toContain("* work");
});
