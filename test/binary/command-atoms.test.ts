import { chmodSync, cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic, type Ran } from "../support/binary.ts";
import { ROOT } from "../support/places.ts";
import { outcomes } from "../support/record.ts";
import { createRepository, linkPackages, type Files, type TestRepository } from "../support/repository.ts";

/** Writes the project's text behind those of what it depends on, and tells by a line that it ran. */
const BUILD = `const f = require("node:fs");
const before = (process.argv[2] ?? "").split(",").filter(Boolean).map((name) => f.readFileSync("../" + name + "/dist/out.txt", "utf8"));
f.mkdirSync("dist", { recursive: true });
f.writeFileSync("dist/out.txt", before.join("") + f.readFileSync("src/text.txt", "utf8") + (process.env.MODE ?? ""));
console.log("built", process.argv.slice(3).join("|"));
`;

test("a command with outputs is built upstream first, is a hit the second time, and its outputs come back", async () => {
  using repository = threeProjects(
    `build: { command: "node ../build.cjs", inputs: ["src/**"], outputs: ["dist"], dependsOn: ["^build"],
       projects: { web: { command: "node ../build.cjs core" }, app: { command: ["node", "../build.cjs", "web"] } } }`,
  );
  expect((await run(repository, "build")).stdout).toContain("3 tasks: 3 run");
  expect(repository.read("app/dist/out.txt")).toBe("core\nweb\napp\n");
  repository.remove("app/dist", "core/dist/out.txt");
  expect((await run(repository, "build")).stdout).toContain("3 tasks, 3 cached");
  expect(repository.read("app/dist/out.txt")).toBe("core\nweb\napp\n");
  expect(repository.read("core/dist/out.txt")).toBe("core\n");
  repository.write({ "web/src/text.txt": "new\n" });
  await run(repository, "build");
  expect(outcomes(repository)).toMatchObject({
    "core:build": "ok hit",
    "web:build": "ok miss",
    "app:build": "ok miss",
  });
  expect(repository.read("app/dist/out.txt")).toBe("core\nnew\napp\n");
});

test("an edit of one project's entry runs the atom there alone, and where the result is waited for", async () => {
  const atom = (mode: string, timeout: number): string =>
    `build: { command: "node ../build.cjs", inputs: ["src/**"], outputs: ["dist"], timeout: ${String(timeout)}, projects: { web: { env: { MODE: "${mode}" } } } }`;
  using repository = threeProjects(atom("a", 10));
  await run(repository, "build");
  repository.write({ "symbiotic.config.ts": configOf(atom("b", 20)) });
  await run(repository, "build");
  expect(outcomes(repository)).toEqual({ "core:build": "ok hit", "web:build": "ok miss", "app:build": "ok hit" });
  expect(repository.read("web/dist/out.txt")).toBe("web\nb");
});

test("a variable that is declared is seen and counts, one that is not declared is not seen", async () => {
  using repository = threeProjects(
    `show: { command: ["node", "-p", "[process.env.SEEN, process.env.HIDDEN, process.env.SET].join()"], variables: ["SEEN"], env: { SET: "s" }, only: ["core"] }`,
  );
  const env = { SEEN: "1", HIDDEN: "1" };
  expect((await symbiotic(repository, ["run", "show", "--output-logs", "full"], { env })).stderr).toContain("1,,s");
  await run(repository, "show", { env: { ...env, HIDDEN: "2" } });
  expect(outcomes(repository)).toEqual({ "core:show": "ok hit" });
  await run(repository, "show", { env: { ...env, SEEN: "2" } });
  expect(outcomes(repository)).toEqual({ "core:show": "ok miss" });
});

test("an ignored file that is named, a file of the root, and a file upstream are inputs", async () => {
  using repository = threeProjects(
    `look: { command: "node -e 0", inputs: [".env", "/shared/*.txt", "^src/**"], only: ["web"] }`,
    `globalInputs: ["tools/**"],`,
  );
  repository.write({ "web/.env": "A=1\n", "shared/a.txt": "1\n", "tools/x": "1\n" });
  await run(repository, "look");
  for (const path of ["web/.env", "shared/a.txt", "core/src/text.txt", "tools/x"]) {
    repository.write({ [path]: "2\n" });
    await run(repository, "look");
    expect([path, outcomes(repository)]).toEqual([path, { "web:look": "ok miss" }]);
  }
  repository.write({ "web/src/text.txt": "2\n", "app/src/text.txt": "2\n" });
  await run(repository, "look");
  expect(outcomes(repository)).toEqual({ "web:look": "ok hit" });
});

test("`cache: false` runs each time, and what it made counts for those that wait", async () => {
  using repository = threeProjects(
    `stamp: { command: ["node", "-e", "const f = require('node:fs'); f.mkdirSync('gen', { recursive: true }); f.copyFileSync('../.stamp', 'gen/stamp')"], inputs: [], outputs: ["gen"], cache: false, only: ["core"] },
     use: { command: "node -e 0", inputs: [], dependsOn: ["stamp"], only: ["core"] }`,
  );
  repository.write({ ".stamp": "1\n" });
  await run(repository, "use");
  await run(repository, "use");
  expect(outcomes(repository)).toEqual({ "core:stamp": "ok miss", "core:use": "ok hit" });
  repository.write({ ".stamp": "2\n" });
  await run(repository, "use");
  expect(outcomes(repository)).toEqual({ "core:stamp": "ok miss", "core:use": "ok miss" });
});

test("a target means an atom in projects with a tag only, where it says so", async () => {
  using repository = threeProjects(
    `lint: { command: "node -e 0", targets: ["own"] }, build: { command: "node -e 0" }`,
    `targets: { ci: [{ run: "build", tag: "uv" }, "lint"], none: [{ run: "build", tag: "none" }] },`,
  );
  repository.write({ "web/uv.lock": "version = 1\n" });
  await run(repository, "ci");
  const lint = { "app:lint": "ok miss", "core:lint": "ok miss", "web:lint": "ok miss" };
  expect(outcomes(repository)).toEqual({
    ...lint,
    "web:build": "ok miss",
  });
  await run(repository, "own");
  expect(Object.values(outcomes(repository))).toEqual(["ok hit", "ok hit", "ok hit"]);
  expect((await symbiotic(repository, ["run", "none"])).stdout).toContain("nothing to run");
});

test("words behind -- reach the command, whole, with a shell and without", async () => {
  using repository = threeProjects(
    `line: { command: "node ../build.cjs ''" }, list: { command: ["node", "../build.cjs", ""] }`,
  );
  for (const atom of ["line", "list"]) {
    const words = ["--output-logs", "full", "--", "it's", "$HOME a"];
    const ran = await symbiotic(repository, ["run", `core:${atom}`, ...words]);
    expect(ran.stderr).toContain("built it's|$HOME a");
  }
});

test("a command that fails says why in a few words", async () => {
  using repository = threeProjects(`bad: { command: "echo first; echo the last word >&2; exit 3", only: ["core"] }`);
  const { stdout, exitCode } = await symbiotic(repository, ["run", "bad"]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("failed: exit code 3: the last word");
});

test("a program that the project has installed is found before those on PATH", async () => {
  using repository = threeProjects(`own: { command: "greet", inputs: [], only: ["core"] }`);
  repository.write({
    "node_modules/.bin/greet": "#!/bin/sh\necho hello from the root\n",
    "node_modules/.bin/greet.cmd": "@echo hello from the root\r\n",
  });

  chmodSync(join(repository.root, "node_modules/.bin/greet"), 0o755);
  const { stderr } = await symbiotic(repository, ["run", "own", "--output-logs", "full"]);
  expect(stderr).toContain("hello from the root");
});

test("what is wrong with atoms is told with its place", async () => {
  using repository = threeProjects(
    `dev: { command: "vite dev" },
    build: { command: "x", dependsOn: ["buld"], projects: { we: false } },
    ruff: { command: "x" },`,
    "",
    ["pytest"],
  );
  const refused = async (): Promise<string> => (await symbiotic(repository, ["run", "build"])).stderr;
  expect(await refused()).toMatch(
    /SYM1207 {2}atoms\.dev\.command never ends, as `vite dev` says[^]*--> symbiotic\.config\.ts:6:12/,
  );
  repository.write({ "symbiotic.config.ts": repository.read("symbiotic.config.ts").replace("vite dev", "x") });
  expect(await refused()).toMatch(/SYM1305 {2}`ruff` names[^]*--> symbiotic\.config\.ts:8:5/);
  repository.write({ "symbiotic.config.ts": repository.read("symbiotic.config.ts").replace("    ruff:", "    mine:") });
  expect(await refused()).toMatch(
    /SYM1206 {2}atoms\.build\.dependsOn\[0\] names `buld`[^]*--> symbiotic\.config\.ts:7:40[^]*did you mean `build`/,
  );
  repository.write({ "symbiotic.config.ts": repository.read("symbiotic.config.ts").replace("buld", "mine") });
  expect(await refused()).toMatch(/SYM1206 {2}atoms\.build\.projects\.we names `we`[^]*did you mean `web`/);
});

test("where nothing has a manifest the repository is one project", async () => {
  using repository = createRepository({
    "symbiotic.config.json": JSON.stringify({ atoms: { make: { command: "node -e 0", inputs: ["*.txt"] } } }),
    "a.txt": "1\n",
  });
  await run(repository, "make");
  expect(outcomes(repository)).toEqual({ "root:make": "ok miss" });
  repository.write({ "b.md": "1\n" });
  await run(repository, "make");
  expect(outcomes(repository)).toEqual({ "root:make": "ok hit" });
});

test("the example does what its page says", async () => {
  using repository = createRepository({});
  cpSync(join(ROOT, "examples/command-atoms"), repository.root, { recursive: true });
  repository.commit("the example");
  expect((await run(repository, "bundle")).stdout).toContain("6 tasks: 6 run");
  expect(repository.read("apps/site/dist/bundle.txt")).toMatch(/^# The site\n# report\n# words\n/);
  repository.remove("apps/site/dist");
  expect((await run(repository, "bundle")).stdout).toContain("6 tasks, 6 cached");
  expect(repository.read("apps/site/dist/bundle.txt")).toMatch(/^# The site\n/);
  await run(repository, "publish");
  await run(repository, "publish");
  expect(outcomes(repository)).toMatchObject({ "site:publish": "ok miss", "site:bundle": "ok hit" });
});

/** `app` depends on `web`, and that on `core`; each has `src/text.txt`. */
function threeProjects(atoms: string, settings = "", disable: readonly string[] = ["ruff", "pytest"]): TestRepository {
  const files: Files = Object.fromEntries(
    Object.entries({ core: [], web: ["core"], app: ["web"] }).flatMap(([name, needs]) => [
      [
        `${name}/pyproject.toml`,
        `[project]\nname = "${name}"\nversion = "1"\ndependencies = ${JSON.stringify(needs)}\n`,
      ],
      [`${name}/src/text.txt`, `${name}\n`],
    ]),
  );
  const repository = createRepository({
    ...files,
    ".gitignore": "node_modules/\ndist/\ngen/\n.env\n.stamp\n",
    "build.cjs": BUILD,
    "symbiotic.config.ts": configOf(atoms, settings, disable),
  });
  linkPackages(repository.root);
  return repository;
}

function configOf(atoms: string, settings = "", disable: readonly string[] = ["ruff", "pytest"]): string {
  return `import { defineConfig } from "@symbiotic-build/engine";
export default defineConfig({
  disable: ${JSON.stringify(disable)},
  ${settings}
  atoms: {
    ${atoms}
  },
});
`;
}

async function run(
  repository: TestRepository,
  target: string,
  options: Parameters<typeof symbiotic>[2] = {},
): Promise<Ran> {
  const ran = await symbiotic(repository, ["run", target], options);
  expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toEqual({ exitCode: 0, stderr: "" });
  return ran;
}
