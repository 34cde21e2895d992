import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { developed, file, issueDocument, issueRepository, reviewed } from "../../support/agents/issue-repository.ts";
import { symbiotic } from "../../support/binary.ts";
import { TEST_PATH } from "../../support/places.ts";
import type { Files } from "../../support/repository.ts";

const ISSUES = "docs/projects/app/issues";
const APP = { name: "app", version: "1.0.0" };

test("what is installed is what the user has committed, also for an issue that stands on an agent's work", async () => {
  await using rig = await issueRepository(
    {
      ".gitignore": "node_modules/\n",
      "package.json": JSON.stringify({ ...APP, scripts: { postinstall: "node tools/post.js" } }),
      "package-lock.json": JSON.stringify({ ...APP, lockfileVersion: 3, requires: true, packages: { "": APP } }),
      "tools/post.js": 'require("fs").appendFileSync(require("os").homedir() + "/installed", "user\\n");\n',
      [`${ISSUES}/M1-01.md`]: issueDocument("M1-01"),
      [`${ISSUES}/M1-02.md`]: issueDocument("M1-02", { blockedBy: ["M1-01"] }),
    },
    {
      develop: (issue, { turn }) => {
        if (turn > 0) return developed();
        if (issue === "M1-02") return file("src/b.py", "two = 2");
        const line = 'require("fs").appendFileSync(require("os").homedir() + "/installed", "agent\\n");';
        return { calls: [{ name: "Bash", input: { command: `echo '${line}' > tools/post.js` } }] };
      },
      review: () => reviewed("pass"),
    },
  );
  const env = { ...rig.env, PATH: process.env["PATH"] };
  const { exitCode, stdout } = await symbiotic(rig.repository, ["issues", "run"], { env });
  expect(exitCode, stdout).toBe(0);
  expect(rig.repository.git("show", "issue/M1-02:tools/post.js")).toContain("agent");
  const installed = join(rig.repository.home, "installed");
  expect(existsSync(installed)).toBe(true);
  expect(readFileSync(installed, "utf8")).toBe("user\nuser\n");
});

/** Ends well where it runs in an environment. */
const PROBE = { "tests/inside.py": "import sys\nsys.exit(sys.prefix == sys.base_prefix)\n" };
const INSIDE = "python tests/inside.py";

/** PATH without the folders that have an installer of this name. */
function pathWithout(name: string): string {
  const folders = TEST_PATH.split(delimiter);
  return folders.filter((folder) => !existsSync(join(folder, name))).join(delimiter);
}

/** An issue that is done when it is installed. */
async function oneIssue(files: Files, verify: string): ReturnType<typeof issueRepository> {
  const document = { [`${ISSUES}/M1-01.md`]: issueDocument("M1-01", { verify: [verify] }) };
  return issueRepository(
    { ".gitignore": "node_modules/\n.venv/\n", ...files, ...document },
    {
      develop: (_issue, { turn }) => (turn > 0 ? developed() : file("src/a.py", "one = 1")),
      review: () => reviewed("pass"),
    },
  );
}

test("an installer that is missing is told once, before anything is begun, and can be left out alone", async () => {
  const files = { "uv.lock": "version = 1\n", "api/uv.lock": "version = 1\n" };
  await using rig = await oneIssue(files, "test -f src/a.py");
  const env = { ...rig.env, PATH: pathWithout("uv") };
  const refused = await symbiotic(rig.repository, ["issues", "run"], { env });
  expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
  expect(refused.stderr.match(/SYM7540/g)).toHaveLength(1);
  expect(refused.stderr).toMatch(/uv\.lock[\s\S]*pipx install uv[\s\S]*installs: \["poetry", "pip", /);
  expect(rig.repository.git("branch", "--list", "issue/*")).toBe("");
  expect(existsSync(join(rig.repository.root, ".symbiotic/runs"))).toBe(false);
  rig.repository.write({
    "symbiotic.config.json": JSON.stringify({ issues: { developer: "claude", reviewer: "codex", installs: ["npm"] } }),
  });
  const { exitCode, stdout } = await symbiotic(rig.repository, ["issues", "run"], { env });
  expect(exitCode, stdout).toBe(0);
});

test("a lockfile that nobody has committed asks for nothing", async () => {
  await using rig = await oneIssue({}, "test -f src/a.py");
  rig.repository.write({ "uv.lock": "version = 1\n" });
  const { exitCode, stdout } = await symbiotic(rig.repository, ["issues", "run"], {
    env: { ...rig.env, PATH: pathWithout("uv") },
  });
  expect(exitCode, stdout).toBe(0);
});

test.runIf(process.platform !== "win32")("the installer of the project's own environment is taken", async () => {
  await using rig = await oneIssue({ "uv.lock": "version = 1\n", ...PROBE }, INSIDE);
  const own = join(rig.repository.root, ".venv/bin");
  mkdirSync(own, { recursive: true });
  writeFileSync(
    join(own, "uv"),
    '#!/bin/sh\ntest "$*" = "sync --frozen" && exec python3 -m venv --without-pip .venv\n',
  );
  chmodSync(join(own, "uv"), 0o755);
  const { exitCode, stdout } = await symbiotic(rig.repository, ["issues", "run"], {
    env: { ...rig.env, PATH: pathWithout("uv") },
  });
  expect(exitCode, stdout).toBe(0);
});

test("requirements are installed into an environment of the work tree where the user's own has one", async () => {
  await using rig = await oneIssue({ "requirements.txt": "", ...PROBE }, INSIDE);
  mkdirSync(join(rig.repository.root, ".venv"));
  const { exitCode, stdout } = await rig.run("run");
  expect(exitCode, stdout).toBe(0);
});
