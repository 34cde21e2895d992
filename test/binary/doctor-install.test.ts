import { execFileSync } from "node:child_process";
import { createServer, type Server } from "node:http";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { createRepository, temporaryFolder, type TestRepository } from "../support/repository.ts";

// Real pip, npm and virtual environments; a folder of wheels and a server on loopback stand for the registries.

/** An atom whose tool can be installed, and which prints what that tool prints. */
function atomWith(tool: string): string {
  return `{ tiny: step("tiny", {
    tools: () => [${tool}],
    command: ({ tool }) => ({ argv: [...tool.argv, "--report"], cwd: "." }),
    parse: ({ stdout, exitCode }) => ok({ status: "ok", summary: stdout.trim() + " " + exitCode, evidence: { tool: "tiny" } }),
  }) }`;
}

const PYTHON_TOOL =
  '{ name: "tiny", kind: "python-module", module: "tiny", distribution: "tiny-linter", install: { registry: "pypi", package: "tiny-linter", version: "1.0.0" } }';
const NODE_TOOL =
  '{ name: "tiny", kind: "node-package", package: "tiny-linter", bin: "tiny", install: { registry: "npm", package: "tiny-linter", version: "1.0.0" } }';

async function statusOf(repository: TestRepository, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await symbiotic(repository, ["run", "all", "--json"], { env });
  const [task] = (JSON.parse(stdout) as { readonly tasks: readonly { readonly summary: string }[] }).tasks;
  return task?.summary ?? "";
}

test("a Python tool that is missing is installed into an environment of its own, and found there", async () => {
  using repository = createPluginRepository({ atoms: atomWith(PYTHON_TOOL) });
  expect(await statusOf(repository)).toBe("not installed (tiny); `symbiotic doctor --install` brings it");
  const wheels = temporaryFolder();
  try {
    makeWheel(wheels);
    const env = { PIP_NO_INDEX: "1", PIP_FIND_LINKS: wheels };
    const installed = await symbiotic(repository, ["doctor", "--install"], { env });
    expect(installed.stderr).toBe("installing tiny-linter 1.0.0 (PyPI)\n");
    expect(installed).toMatchObject({ exitCode: 0 });
    expect(installed.stdout).toMatch(/tiny +1\.0\.0 +\.symbiotic\/tools\/pypi\/tiny-linter-1\.0\.0\//);
    expect(await statusOf(repository)).toBe("from the wheel 0");
    expect((await symbiotic(repository, ["doctor", "--install"], { env })).stderr).toBe("");
    expect(repository.git("status", "--porcelain")).not.toContain("symbiotic/tools");
  } finally {
    rmSync(wheels, { recursive: true, force: true });
  }
});

test("a Node tool that is missing is installed from its registry, and found there", async () => {
  using repository = createPluginRepository({ atoms: atomWith(NODE_TOOL) });
  const { server, url } = await registry();
  try {
    const env = { npm_config_registry: url, npm_config_cache: join(repository.home, "npm") };
    const installed = await symbiotic(repository, ["doctor", "--install"], { env });
    expect(installed).toMatchObject({ exitCode: 0, stderr: "installing tiny-linter 1.0.0 (npm)\n" });
    expect(await statusOf(repository)).toBe("from npm 0");
  } finally {
    server.close();
  }
});

test("what cannot be installed is an error that says why, and leaves nothing that is half there", async () => {
  using repository = createPluginRepository({ atoms: atomWith(NODE_TOOL) });
  const { server, url } = await registry();
  server.close();
  const env = {
    npm_config_registry: url,
    npm_config_fetch_retries: "0",
    npm_config_cache: join(repository.home, "npm"),
  };
  const refused = await symbiotic(repository, ["doctor", "--install"], { env });
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("SYM8202");
  expect(refused.stderr).toContain("tiny-linter 1.0.0 was not installed: npm error");
  expect(await statusOf(repository)).toContain("not installed");

  using other = createPluginRepository({
    atoms: atomWith(
      PYTHON_TOOL.replace('"pypi"', '"crate"').replace(
        '"python-module"',
        '"path-executable", bin: "tiny", version: ["--version"]',
      ),
    ),
  });
  const git = execFileSync("which", ["git"], { encoding: "utf8" })
    .trim()
    .replace(/\/git$/, "");
  const bare = await symbiotic(other, ["doctor", "--install"], { env: { PATH: withoutCargo(git, other.home) } });
  expect(bare.stderr).toContain("SYM8201");
  expect(bare.stderr).toContain("there is no `cargo` on PATH");
});

test("a tool that nothing mentions can be named, and a name that is none is refused", async () => {
  using repository = createRepository({ "pyproject.toml": '[project]\nname = "app"\n', "a.py": "" });
  expect((await symbiotic(repository, ["doctor"])).stdout).not.toContain("bandit");
  expect((await symbiotic(repository, ["doctor", "bandit"])).stdout).toContain("bandit");
  expect((await symbiotic(repository, ["doctor", "bandits"])).stderr).toContain("SYM2001");
});

/** A folder with git and no more. */
function withoutCargo(gitFolder: string, home: string): string {
  const folder = join(home, "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "git"), `#!/bin/sh\nexec ${gitFolder}/git "$@"\n`, { mode: 0o755 });
  return folder;
}

function makeWheel(folder: string): void {
  const files = {
    "tiny/__init__.py": "",
    "tiny/__main__.py": 'print("from the wheel")\n',
    "tiny_linter-1.0.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny-linter\nVersion: 1.0.0\n",
    "tiny_linter-1.0.0.dist-info/WHEEL":
      "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "tiny_linter-1.0.0.dist-info/RECORD": "",
  };
  const script =
    "import json,sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w')\nfor n,t in json.load(sys.stdin).items(): z.writestr(n,t)\nz.close()";
  execFileSync("python3", ["-c", script, join(folder, "tiny_linter-1.0.0-py3-none-any.whl")], {
    input: JSON.stringify(files),
  });
}

/** A registry with one package. */
async function registry(): Promise<{ readonly server: Server; readonly url: string }> {
  const folder = temporaryFolder();
  const own = join(folder, "package");
  mkdirSync(own);
  writeFileSync(
    join(own, "package.json"),
    '{ "name": "tiny-linter", "version": "1.0.0", "bin": { "tiny": "cli.js" } }\n',
  );
  writeFileSync(join(own, "cli.js"), 'console.log("from npm");\n');
  execFileSync("tar", ["-czf", join(folder, "tiny.tgz"), "-C", folder, "package"]);
  const tarball = readFileSync(join(folder, "tiny.tgz"));
  rmSync(folder, { recursive: true, force: true });
  const server = createServer(({ url = "" }, response) => {
    if (url.endsWith(".tgz")) return response.end(tarball);
    const { port } = server.address() as AddressInfo;
    const manifest = {
      ...{ name: "tiny-linter", version: "1.0.0", bin: { tiny: "cli.js" } },
      dist: { tarball: `http://127.0.0.1:${String(port)}/tiny-linter-1.0.0.tgz` },
    };
    const known = { name: "tiny-linter", "dist-tags": { latest: "1.0.0" }, versions: { "1.0.0": manifest } };
    response.setHeader("content-type", "application/json");
    return response.end(JSON.stringify(known));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/` };
}
