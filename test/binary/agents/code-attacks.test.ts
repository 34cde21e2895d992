import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import {
  attackingCode,
  attackingScript,
  attackingTests,
  SECRET,
  unheldTests,
  type Targets,
} from "../../support/agents/attacks.ts";
import { installInPlace } from "../../support/agents/python-environment.ts";
import { agentRepository, manifest, type AgentRepository } from "../../support/agents/repository.ts";
import { symbiotic } from "../../support/binary.ts";
import { linkPackages } from "../../support/repository.ts";

const CONFIG = `import { defineConfig } from "@symbiotic-build/engine";

export default defineConfig({
  timeout: 20,
  guard: { patterns: { exec: false, "rm-rf": false } },
  atoms: {
    package: { command: "python3 setup.py", inputs: ["setup.py", "src/**"] },
    script: { command: ["node", "build.mjs"], inputs: ["build.mjs"] },
  },
});
`;

/** Files that an agent leaves, all of them code that something runs: tests, what they load, a build backend, a script. */
function left(targets: Targets): Readonly<Record<string, string>> {
  return {
    "tests/test_attacks.py": attackingTests(targets),
    "tests/conftest.py": attackingCode(targets),
    "src/app/plugin.py": attackingCode(targets),
    "src/app/__init__.py": "from app import plugin\n",
    "setup.py": attackingCode(targets),
    "build.mjs": attackingScript(targets),
  };
}

/** All that the user has and that no code of an agent may reach. */
interface User extends AsyncDisposable {
  readonly targets: Targets;
  /** How often somebody came to the server of the user's. */
  readonly visits: () => number;
  /** As it is now. */
  state(): unknown;
}

async function userOf({ repository: { root, home } }: AgentRepository): Promise<User> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const canary = join(dirname(root), "canary.txt");
  mkdirSync(join(home, ".ssh"));
  const own = [canary, join(home, ".ssh/id_rsa"), join(home, ".netrc"), join(home, ".bashrc"), join(root, ".env")];
  for (const file of own) writeFileSync(file, `${SECRET}\n`);
  const { port } = server.address() as AddressInfo;
  const texts = ["symbiotic.config.ts", ".git/config", "src/app/__init__.py"].map((path) => join(root, path));
  return {
    targets: { root, home, canary, port, seconds: 31_000 + (port % 999) },
    visits: () => visits,
    state: () => ({
      own: own.map((file) => readFileSync(file, "utf8")),
      texts: texts.map((file) => readFileSync(file, "utf8")),
      hooks: readdirSync(join(root, ".git/hooks")),
      beside: readdirSync(dirname(root)).sort(),
      home: readdirSync(home)
        .filter((name) => name !== ".cache")
        .sort(),
    }),
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function programOf(name: string): string {
  return execFileSync("/bin/sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
}

/** The texts of all that a run left. */
function leftBehind(root: string): string {
  return ["artifacts", ".symbiotic"]
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(root, folder, path)),
    )
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true)
    .map((file) => readFileSync(file, "latin1"))
    .join("\n");
}

/** A repository in which the agent writes `files`, whatever it is asked. */
interface Attacked extends AgentRepository {
  readonly user: User;
  files: Readonly<Record<string, string>>;
}

async function attacked(): Promise<Attacked> {
  const attack: { now?: Attacked } = {};
  const rig = await agentRepository(
    "claude",
    ({ turn }) => {
      const files = attack.now?.files ?? {};
      const entry = Object.entries(files)[turn];
      if (entry === undefined) return manifest("claude", Object.keys(files));
      // The model does not know a file before it has read it: what is there already is written by a command.
      const [file_path, content] = entry;
      return {
        calls: [
          {
            name: "Bash",
            input: { command: `mkdir -p $(dirname ${file_path}); cat > ${file_path} <<'END'\n${content}END\n` },
          },
        ],
      };
    },
    {
      ".gitignore": "node_modules/\n.venv/\n.env\n",
      "pyproject.toml": '[project]\nname = "app"\nversion = "1.0"\n',
      "src/app/__init__.py": "",
      "tests/test_app.py": "import app\n\n\ndef test_it():\n    assert app\n",
      "symbiotic.config.ts": CONFIG,
    },
  );
  linkPackages(rig.repository.root);
  installInPlace(rig.repository.root);
  const user = await userOf(rig);
  attack.now = { ...rig, user, files: left(user.targets) };
  return attack.now;
}

test("code that an agent wrote reaches nothing of the user's when tests, builds and scripts run it", async () => {
  await using rig = await attacked();
  await using user = rig.user;
  const before = user.state();
  const { exitCode, stdout, stderr } = await rig.run(
    "add tests",
    "--check",
    "pytest",
    "package",
    "script",
    "--dry-run",
    "--rounds",
    "1",
  );
  expect(stdout, stderr).not.toMatch(/^error/m);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/checked: 3 tasks, all well/);
  expect(user.state()).toEqual(before);
  expect(user.visits()).toBe(0);
  expect(leftBehind(rig.repository.root)).not.toContain(SECRET);
  expect(processesWith(String(user.targets.seconds))).toEqual([]);
  await rig.run("add tests", "--dry-run", "--rounds", "1");
  const [policy, afterwards] = policiesIn(rig.repository.read(".ai-audit.jsonl"));
  expect(policy, "what the next call is held by").toMatch(/^[0-9a-f]{64}$/);
  expect(afterwards).toBe(policy);
});

/** The digest of what each call was held by. */
function policiesIn(audit: string): readonly unknown[] {
  const entries = audit
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: string; data?: { policy?: unknown } });
  return entries.filter(({ event }) => event === "agent-started").map(({ data }) => data?.policy);
}

test("without a sandbox such code is not run, unless the user says so; then what needs none still holds", async () => {
  await using rig = await attacked();
  await using user = rig.user;
  const before = user.state();
  const check = ["--check", "pytest", "--rounds", "1"] as const;
  const PATH = join(rig.repository.home, "bin");
  mkdirSync(PATH);
  for (const name of ["git", "python3", "node"]) symlinkSync(programOf(name), join(PATH, name));
  const refused = await symbiotic(rig.repository, ["agent", "run", "add tests", "--agent", "claude", ...check], {
    env: { ...rig.env, PATH },
  });
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("SYM5070") });
  expect(rig.stub.requests).toEqual([]);
  rmSync(PATH, { recursive: true });
  expect(user.state()).toEqual(before);
  rig.files = { "tests/test_unheld.py": unheldTests() };
  const { exitCode, stdout } = await rig.run("add tests", ...check, "--unsandboxed");
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringContaining("all well") });
  expect(user.state()).toEqual(before);
});

test("code that stops what holds it is ended at its time, and nothing of it is left", async () => {
  await using rig = await attacked();
  await using user = rig.user;
  const { seconds } = user.targets;
  // To attach to the first process of its own world stops that, and who waits for it waits.
  const code = `import ctypes
import subprocess


def test_it():
    subprocess.Popen(["sleep", "${String(seconds)}"])
    ctypes.CDLL(None).ptrace(16, 1, 0, 0)
`;
  rig.files = { "tests/test_stop.py": code };
  const { exitCode, stdout } = await rig.run("add tests", "--check", "pytest", "--rounds", "1");
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: expect.stringContaining("SYM5075") });
  expect(processesWith(String(seconds))).toEqual([]);
});

/** Command lines on this machine that hold a text. */
function processesWith(text: string): readonly string[] {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(text));
}
