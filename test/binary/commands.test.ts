import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { normalise } from "../support/normalise.ts";
import { ROOT } from "../support/places.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { MONOREPO } from "../support/python-files.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

const COMMANDS = [
  "run",
  "runs",
  "why",
  "tests",
  "affected",
  "projects",
  "dependencies",
  "dependents",
  "graph",
  "cache",
  "config",
  "doctor",
  "baseline",
  "plugin",
  "completion",
];

test("projects lists what was found", async () => {
  using repository = createRepository(MONOREPO);
  expect(await told(repository, ["projects"])).toMatchInlineSnapshot(`
    "api   api   python
    core  core  python
    docs  docs  python"
  `);
  expect(await told(repository, ["projects", "--filter", "...core"])).toMatchInlineSnapshot(`
    "api   api   python
    core  core  python"
  `);
  expect(await told(repository, ["projects", "--filter", "api", "--json"])).toMatchInlineSnapshot(`
    "[
      {
        "name": "api",
        "root": "api",
        "tags": [
          "python"
        ],
        "manifests": [
          "api/pyproject.toml"
        ],
        "dependsOn": [
          "core"
        ],
        "files": 4
      }
    ]"
  `);
});

test("dependencies and dependents say why", async () => {
  using repository = createRepository(MONOREPO);
  expect(await told(repository, ["dependencies", "api"])).toMatchInlineSnapshot(
    `"core  core  api → core: requirement \`core\` (pyproject.toml)"`,
  );
  expect(await told(repository, ["dependents", "core"])).toMatchInlineSnapshot(
    `"api  api  api → core: requirement \`core\` (pyproject.toml)"`,
  );
  expect(await told(repository, ["dependents", "api"])).toBe("none");
  expect(await told(repository, ["dependents", "core", "--json"])).toMatchInlineSnapshot(`
    "[
      {
        "name": "api",
        "root": "api",
        "because": [
          "api → core: requirement \`core\` (pyproject.toml)"
        ]
      }
    ]"
  `);
});

test("graph shows the tasks by level, with what they wait for, and the gates", async () => {
  using repository = createPluginRepository({
    atoms: `{
      generate: step("generate"),
      build: step("build", { dependsOn: ["generate", "^build"] }),
      lint: step("lint"),
    }`,
    gates: `{ lint_clean: { title: "lint clean", describe: "d", reads: ["lint"], required: () => true, decide: () => ({}), total: () => ({}) } }`,
    files: {
      "core/project.json": '{ "name": "core" }\n',
      "api/project.json": '{ "name": "api", "dependsOn": ["core"] }\n',
    },
  });
  expect(await told(repository, ["graph", "all"])).toMatchInlineSnapshot(`
    "level 0
      api:generate
      api:lint
      core:generate
      core:lint
    level 1
      core:build  ← core:generate
    level 2
      api:build  ← api:generate, core:build
    gates
      lint clean  ← lint
    critical path: 3 tasks
      core:generate
      core:build
      api:build"
  `);
  expect(await told(repository, ["graph", "--projects"])).toMatchInlineSnapshot(`
    "api   level 1
    core  level 0

    api → core  project.json"
  `);
  const json = JSON.parse(await told(repository, ["graph", "all", "--json"])) as {
    readonly levels: number;
    readonly tasks: readonly object[];
  };
  expect(json.levels).toBe(3);
  expect(json.tasks).toHaveLength(6);
});

test("affected lists tasks with their reasons", async () => {
  using repository = createRepository(MONOREPO);
  repository.write({ "core/src/core/__init__.py": "X = 1\n" });
  expect(await told(repository, ["affected", "--files"])).toMatchInlineSnapshot(`
    "base main (what is not committed (on the base branch, which has no upstream), <sha>) · 1 file changed
      modified  core/src/core/__init__.py
    api:run_pytest_unit_with_coverage   depends on core
    core:run_pytest_unit_with_coverage  core/src/core/__init__.py changed
    core:run_ruff_format_check          core/src/core/__init__.py changed
    core:run_ruff_lint                  core/src/core/__init__.py changed"
  `);
});

test("why names the file, the variable and the tool that changed", async () => {
  using repository = createPluginRepository({
    atoms: `{
      watched: step("watched", {
        alias: "w",
        inputs: () => ({ files: ["input.txt"], variables: ["MODE"] }),
        tools: () => [{ kind: "node-module", name: "acme", url: new URL("./acme.mjs", import.meta.url).href, version: "1" }],
        command: ({ tool }) => ({ argv: tool.argv }),
      }),
    }`,
    files: { "acme.mjs": "", "project.json": '{ "name": "app" }\n', "input.txt": "1\n" },
  });
  expect(await told(repository, ["why", "app:watched"])).toBe("app:watched has never run here");
  await symbiotic(repository, ["run", "watched"]);
  expect(await told(repository, ["why", "app:w"])).toMatchInlineSnapshot(`
    "app:watched ran because it had never run here before (run <run>, just now)
    nothing it reads has changed since"
  `);
  repository.write({ "input.txt": "2\n", "acme.mjs": "// newer" });
  expect(await told(repository, ["why", "w"], { MODE: "fast" })).toMatchInlineSnapshot(`
    "app:watched would run now because
      file      input.txt  4355… → 53c2…
      variable  MODE       not set → 115d…
      tool      acme       fe48… → 16a9…
    unchanged: 0 files, 0 variables, 0 upstream results
    compared with run <run> (just now, ok)"
  `);
  await symbiotic(repository, ["run", "watched"], { env: { MODE: "fast" } });
  const ran = JSON.parse(await told(repository, ["why", "w", "--json"], { MODE: "fast" })) as {
    readonly state: string;
    readonly differences: readonly { readonly kind: string; readonly name: string }[];
  };
  expect(ran.state).toBe("ran");
  expect(ran.differences.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "file input.txt",
    "variable MODE",
    "tool acme",
  ]);
});

test("cache status tells place and size", async () => {
  using repository = createPluginRepository({
    atoms: `{ quick: step("quick", { command: () => ({ argv: ["node", "-e", ""] }) }) }`,
  });
  await symbiotic(repository, ["run", "quick"]);
  const json = JSON.parse(await told(repository, ["cache", "status", "--json"])) as Record<string, unknown>;
  expect(json).toMatchObject({ directory: "<root>/.git/symbiotic", records: 1 });
  expect(json["bytes"]).toBeGreaterThan(0);
  expect(await told(repository, ["cache", "status"])).toMatch(/^place {4}<root>\/\.git\/symbiotic\nrecords {2}1\n/);
});

test("doctor names git, configuration, projects, and for each tool where it was found or looked for", async () => {
  using repository = createRepository(MONOREPO);
  const facts = JSON.parse(await told(repository, ["doctor", "--json"])) as Record<string, unknown>;
  expect(facts).toMatchObject({ repository: "<root>", configuration: "none (zero config)", projects: "3" });
  const shown = await told(repository, ["doctor"]);
  expect(shown).toMatch(/ruff +\d+\.\d+\.\d+/);
  expect(shown).toMatch(/pytest +\d+\.\d+\.\d+/);
});

test("config says who set each value: flag, variable, place in the file, or nobody", async () => {
  using repository = createPluginRepository({
    atoms: `{ quick: step("quick") }`,
    options: "z.strictObject({ level: z.number().default(1) }).default({ level: 1 })",
    given: "{ level: 3 }",
    settings: "timeout: 60,\n  concurrency: 3,\n  gates: { fine: { required: false } },",
    gates: `{ fine: { title: "fine", describe: "d", reads: ["quick"], required: () => true, decide: () => ({}), total: () => ({}) } }`,
  });
  repository.write({ "symbiotic.config.ts": repository.read("symbiotic.config.ts").replace('"node", ', "") });
  const shown = (await told(repository, ["config"], { SYMBIOTIC_CONCURRENCY: "7" })).replace(/ {2,}/g, "  ");
  expect(shown).toMatchInlineSnapshot(`
    "base  detected  default
    concurrency  7  variable SYMBIOTIC_CONCURRENCY
    timeout  60  symbiotic.config.ts:7
    cache.dir  <root>/.git/symbiotic  default
    cache.maxBytes  5368709120  default
    cache.maxAgeDays  30  default
    environment.pass  []  default
    projects.exclude  []  default
    disable  ["python","ruff","pytest"]  symbiotic.config.ts:6
    extends  []  default
    globalInputs  []  default
    gates.fine  {"required":false}  symbiotic.config.ts:9
    plugins.node  {"scripts":{},"packages":{},"global":[],"include":[],"exclude":[]}  default
    plugins.local  {"level":3}  symbiotic.config.ts:5"
  `);
});

test.each(COMMANDS)("the help of %s has usage and examples", async (command) => {
  using repository = createRepository({});
  const help = await told(repository, [command, "--help"]);
  expect(help).toMatch(new RegExp(`^usage: symbiotic ${command}`));
  expect(help).toMatch(/\nexamples\n {2}\S*.*symbiotic/);
  expect(await told(repository, ["help", command])).toBe(help);
});

test("the first page names every command", async () => {
  using repository = createRepository({});
  expect(await told(repository, ["--help"])).toMatchInlineSnapshot(`
    "symbiotic <version>: the quality steps of a repository as one cached task graph

    usage: symbiotic <command> [options]

      run            run targets: what is known is replayed, the rest is run
      runs           the runs that are kept: how they ended, what failed, where the time went
      fix            mend what linters and formatters can mend by themselves, and show the difference
      agent          let an AI agent work on a copy of the tree, and apply what it may change
      audit          what agents did here, and whether the log of it is whole
      report         write the reports of a run: a page, SARIF, JUnit, Cobertura, GitLab, Markdown, JSON
      triage         what a run found, by who can mend it: a tool, a person, an agent
      why            why a task ran, or would run now: what changed since it was last known
      tests          which tests the last run left out, and why; whether leaving them out is right
      verify-inputs  run tasks with nothing but their declared inputs, and name what they read beside them
      baseline       take the findings of now as known: gates count only new ones from then on
      affected       which projects and tasks a change reaches, and why
      projects       list the projects that were found
      dependencies   what a project depends on, and why
      dependents     what depends on a project, and why
      atoms          the catalogue of the pipeline: what each step is for, and what does it here
      graph          the task graph of a target: as text, JSON, a drawing or a page
      cache          look into the cache, prune, verify or clear it, carry it to another machine
      config         every setting in force, and where its value comes from
      doctor         what was found: git, configuration, environments, tools, agents; and what is missing
      local-ci       all that guards a push, in stages: lint and types, tests, reports; one exit code
      watch          run targets, and run again what each change reaches
      hook           run the gates in git hooks: install, uninstall, import from pre-commit
      plugin         begin a plugin for a tool: a package with its tests
      completion     print a completion script for bash, zsh or fish
      prompts        the prompts of the loop over issues: show them, and bring them to Codex and Claude Code
      issues         issue documents as a graph: list, check, plan, and have agents develop and review them

    begin with
      symbiotic run gates             every linter, test and gate that the repository has
      symbiotic run gates --affected  only what your change reaches

    \`symbiotic <command> --help\` explains a command; docs/ has a page on each subject"
  `);
  const bare = await symbiotic(repository, []);
  expect(bare.exitCode).toBe(2);
  expect(normalise(bare.stdout, repository)).toBe(await told(repository, ["--help"]));
});

test("--version prints the version alone", async () => {
  using repository = createRepository({});
  const { version } = JSON.parse(readFileSync(join(ROOT, "packages/cli/package.json"), "utf8")) as {
    readonly version: string;
  };
  expect(await symbiotic(repository, ["--version"])).toEqual({
    exitCode: 0,
    signal: null,
    stdout: `${version}\n`,
    stderr: "",
  });
});

test.each([
  ["bash", ["-n"]],
  ["zsh", ["-n"]],
  ["fish", ["--no-execute"]],
] as const)("the completion script for %s is accepted by it", async (shell, check) => {
  using repository = createRepository({});
  const script = await told(repository, ["completion", shell]);
  for (const command of COMMANDS) expect(script).toContain(command);
  expect(script).toContain(shell === "fish" ? "-l affected" : "--affected");
  const checked = spawnSync(shell, check, { input: script, encoding: "utf8" });
  // Where the shell is not installed, that it can be made is all that is tested.
  if (checked.error === undefined) expect(checked).toMatchObject({ status: 0, stderr: "" });
});

test.skipIf(spawnSync("bash", ["--version"]).error !== undefined)(
  "completion in bash completes commands and flags",
  async () => {
    using repository = createRepository({});
    const script = await told(repository, ["completion", "bash"]);
    const complete = (words: string): string =>
      `COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _symbiotic; echo "\${COMPREPLY[*]}"`;
    const { stdout } = spawnSync(
      "bash",
      ["-c", [script, complete("symbiotic dep"), complete("symbiotic run --aff")].join("\n")],
      { encoding: "utf8" },
    );
    expect(stdout).toBe("dependencies dependents\n--affected\n");
  },
);

/** What a command prints that succeeds. */
async function told(
  repository: TestRepository,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await symbiotic(repository, args, { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return normalise(stdout, repository);
}
