import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../../support/binary.ts";
import { ROOT } from "../../support/places.ts";
import { createRepository, type TestRepository } from "../../support/repository.ts";

// The real command lines; nobody is asked anything beyond this machine.

const INSTALLED = join(ROOT, ".cache/agents/node_modules");
const PINNED = "2.1.329";
/** The package with the program of this machine. */
const NATIVE = `claude-code-${process.platform}-${process.arch}`;

interface Row {
  readonly agent: string;
  readonly version: string | null;
  readonly pinned: string;
  readonly isSignedIn: boolean;
  readonly origin: string | null;
}

async function rows(repository: TestRepository, env: Record<string, string> = {}): Promise<readonly Row[]> {
  const { stdout } = await symbiotic(repository, ["doctor", "--json"], { env });
  return (JSON.parse(stdout) as { readonly agents: readonly Row[] }).agents;
}

function doctor(repository: TestRepository, ...args: readonly string[]): Promise<Ran> {
  return symbiotic(repository, ["doctor", ...args]);
}

/** Claude Code in `node_modules`; with a version, its package says that it is that one. */
function install(repository: TestRepository, version?: string): void {
  const scope = join(repository.root, "node_modules/@anthropic-ai");
  mkdirSync(scope, { recursive: true });
  for (const name of ["claude-code", NATIVE]) {
    if (version === undefined || name !== "claude-code")
      symlinkSync(join(INSTALLED, "@anthropic-ai", name), join(scope, name), "junction");
    else cpSync(join(INSTALLED, "@anthropic-ai", name), join(scope, name), { recursive: true });
  }
  if (version !== undefined)
    repository.write({
      "node_modules/@anthropic-ai/claude-code/package.json": JSON.stringify({
        name: "@anthropic-ai/claude-code",
        version,
      }),
    });
}

test("each agent is told with its release, whether somebody is signed in, and how it is brought", async () => {
  using repository = createRepository({ ".gitignore": "node_modules/\n" });
  expect((await doctor(repository)).stdout).toMatch(
    /\nagents\n {2}claude +not installed +symbiotic doctor claude --install\n {2}codex +not installed/,
  );
  install(repository);
  expect((await doctor(repository)).stdout).toMatch(/\n {2}claude +2\.1\.329 +node_modules +nobody is signed in\n/);
  const [claude, codex] = await rows(repository, { ANTHROPIC_API_KEY: "dummy" });
  expect(claude).toEqual({
    agent: "claude",
    version: PINNED,
    pinned: PINNED,
    isSignedIn: true,
    origin: "node_modules",
  });
  expect(codex).toMatchObject({ agent: "codex", version: null, isSignedIn: false, origin: null });
});

test("another release than the one that the plugin is made for is named", async () => {
  using repository = createRepository({ ".gitignore": "node_modules/\n" });
  install(repository, "2.0.1");
  expect((await doctor(repository)).stdout).toMatch(
    /\n {2}claude +2\.0\.1; the plugin is made for 2\.1\.329 +node_modules /,
  );
});

test("one on PATH is asked what it is", async () => {
  using repository = createRepository({});
  const folder = join(INSTALLED, "@anthropic-ai", NATIVE);
  const [claude] = await rows(repository, { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` });
  expect(claude).toMatchObject({ version: PINNED, origin: "PATH" });
});

test("an agent that is named is installed in the release that its plugin names, and one that is there is left alone", async () => {
  using repository = createRepository({ ".gitignore": "node_modules/\n" });
  const env = {
    npm_config_registry: "http://127.0.0.1:1/",
    npm_config_fetch_retries: "0",
    npm_config_cache: join(repository.home, "npm"),
  };
  const refused = await symbiotic(repository, ["doctor", "claude", "--install"], { env });
  expect(refused).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/^installing @anthropic-ai\/claude-code 2\.1\.329 \(npm\)\nerror SYM8202/),
  });
  expect(await symbiotic(repository, ["doctor", "--install"], { env })).toMatchObject({ exitCode: 0, stderr: "" });
  install(repository);
  expect(await symbiotic(repository, ["doctor", "claude", "--install"], { env })).toMatchObject({
    exitCode: 0,
    stderr: "",
  });
  expect((await doctor(repository, "claud")).stderr).toContain("SYM2001");
});
