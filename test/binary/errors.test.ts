import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { symbiotic, type RunOptions } from "../support/binary.ts";
import { normalise } from "../support/normalise.ts";
import { createPluginRepository, pluginText } from "../support/plugin-repository.ts";
import { MONOREPO } from "../support/python-files.ts";
import {
  createRepository,
  linkPackages,
  temporaryFolder,
  type Files,
  type TestRepository,
} from "../support/repository.ts";

const ONE_ATOM = `{ fine: step("fine", { alias: "f", command: () => ({ argv: ["node", "-e", ""] }) }) }`;
const GATES = ["run", "gates"];

test("outside a git repository", async () => {
  using repository = createRepository({});
  const root = temporaryFolder();
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  expect(await refused({ ...repository, root }, GATES)).toMatchInlineSnapshot(`
    "error SYM7002  <root> is not in a git repository
      not a git repository (or any of the parent directories): .git
      run \`git init\` in the root of the project, or start in a repository"
  `);
});

test("without git", async () => {
  using repository = createRepository(MONOREPO);
  expect(await refused(repository, GATES, { env: { PATH: dirname(process.execPath) } })).toMatchInlineSnapshot(`
    "error SYM7001  git was not found
      install git 2.31 or newer and put it on PATH"
  `);
});

test("an unknown command, target, project or flag, with what was meant", async () => {
  using repository = createRepository(MONOREPO);
  expect(await refused(repository, ["rum", "gates"])).toMatchInlineSnapshot(`
    "error SYM2007  \`rum\` is no command
      did you mean \`symbiotic run\`?"
  `);
  expect(await refused(repository, ["run", "gate"])).toMatchInlineSnapshot(`
    "error SYM2001  \`gate\` is no target and no atom
      targets: fix, gates, test, validate
      atoms: pytest, ruff, ruff-fix, ruff-format, ruff-format-fix
      did you mean \`gates\`?"
  `);
  expect(await refused(repository, ["run", "nothing-like-it"])).toMatchInlineSnapshot(`
    "error SYM2001  \`nothing-like-it\` is no target and no atom
      targets: fix, gates, test, validate
      atoms: pytest, ruff, ruff-fix, ruff-format, ruff-format-fix
      name one of these"
  `);
  expect(await refused(repository, ["run", "cor:pytest"])).toMatchInlineSnapshot(`
    "error SYM2003  no project is called \`cor\`
      did you mean \`core\`?"
  `);
  expect(await refused(repository, ["run", "gates", "--filter", "web"])).toMatchInlineSnapshot(`
    "error SYM2003  no project is called \`web\`
      \`symbiotic projects\` lists them"
  `);
  expect(await refused(repository, ["run", "gates", "--afected"])).toMatchInlineSnapshot(`
    "error SYM2004  \`symbiotic run\` has no --afected
      did you mean \`--affected\`?"
  `);
});

test("two errors on a command line are shown as two", async () => {
  using repository = createRepository(MONOREPO);
  expect(await refused(repository, ["run", "--afected", "--concurrency", "many"])).toMatchInlineSnapshot(`
    "error SYM2004  \`symbiotic run\` has no --afected
      did you mean \`--affected\`?

    error SYM2005  --concurrency is \`many\`: a whole number from 1 is expected
      \`symbiotic run --help\` explains it"
  `);
});

test("arguments behind -- for more than one atom", async () => {
  using repository = createRepository(MONOREPO);
  expect(await refused(repository, ["run", "gates", "--", "-k", "one"])).toMatchInlineSnapshot(`
    "error SYM2010  what stands behind \`--\` goes to one atom, and \`gates\` means several
      name one atom, as in \`symbiotic run pytest -- -k export\`"
  `);
});

test("a variable of ours with a wrong name or value", async () => {
  using repository = createRepository(MONOREPO);
  expect(
    await refused(repository, GATES, { env: { SYMBIOTIC_CONCURRENCY: "some", SYMBIOTIC_CACHE: "/tmp" } }),
  ).toMatchInlineSnapshot(`
    "error SYM2011  SYMBIOTIC_CACHE is no variable of symbiotic
      there is: SYMBIOTIC_CONFIG, SYMBIOTIC_BASE, SYMBIOTIC_CACHE_DIR, SYMBIOTIC_PRIVATE_ENDPOINTS, SYMBIOTIC_CONCURRENCY

    error SYM2012  SYMBIOTIC_CONCURRENCY is \`some\`: a whole number from 1 is expected
      correct it or unset it"
  `);
});

test.each<[string, Files, string]>([
  [
    "a TypeScript file",
    {
      "symbiotic.config.ts":
        'import { defineConfig } from "@symbiotic-build/engine";\n\nexport default defineConfig({\n  concurency: 2,\n});\n',
    },
    "symbiotic.config.ts:4:3",
  ],
  ["a JSON file", { "symbiotic.config.json": '{\n  "concurency": 2\n}\n' }, "symbiotic.config.json:2:3"],
  ["a YAML file", { "symbiotic.config.yaml": "disable: [ruff]\nconcurency: 2\n" }, "symbiotic.config.yaml:2:1"],
  [
    "package.json",
    { "package.json": '{\n  "name": "x",\n  "symbiotic": { "concurency": 2 }\n}\n' },
    "package.json:3:18",
  ],
])("a wrong key in %s, at its place", async (_title, files, place) => {
  using repository = createRepository({ ...MONOREPO, ".gitignore": "node_modules/\n", ...files });
  linkPackages(repository.root);
  const message = await refused(repository, GATES);
  expect(message).toContain("SYM1202  concurency is not a setting");
  expect(message).toContain(`--> ${place}\n`);
  expect(message).toContain("did you mean `concurrency`?");
});

test("everything that is wrong with a configuration, at once", async () => {
  using repository = createRepository({
    ...MONOREPO,
    ".gitignore": "node_modules/\n",
    "symbiotic.config.ts": `import { ruff } from "@symbiotic-build/plugin-ruff";

export default {
  concurrency: 0,
  gates: { lint_clean: { requird: true } },
  cache: { maxBytes: "1 GB" },
  plugins: [
    ruff({ selct: ["E", "F"] }),
    ruff({ select: "E" }),
    { use: "symbiotic-plugin-nobody-has" },
    "pytest",
  ],
};
`,
  });
  linkPackages(repository.root);
  expect(await refused(repository, GATES)).toMatchInlineSnapshot(`
    "error SYM1201  concurrency is \`0\`: Too small: expected number to be >=1
      --> symbiotic.config.ts:4:3
       4 |   concurrency: 0,
         |   ^^^^^^^^^^^ docs/configuration.md lists what may stand there

    error SYM1202  gates.lint_clean.requird is not a setting
      --> symbiotic.config.ts:5:26
       5 |   gates: { lint_clean: { requird: true } },
         |                          ^^^^^^^ did you mean \`required\`?
      options of gates.lint_clean: required, threshold, projects

    error SYM1201  cache.maxBytes is \`"1 GB"\`: expected number
      --> symbiotic.config.ts:6:12
       6 |   cache: { maxBytes: "1 GB" },
         |            ^^^^^^^^ docs/configuration.md lists what may stand there

    error SYM1203  plugins[0].options.selct is not an option of ruff
      --> symbiotic.config.ts:8:12
       8 |     ruff({ selct: ["E", "F"] }),
         |            ^^^^^ did you mean \`select\`?
      options of ruff: select, ignore, preview, embedded

    error SYM1204  plugins[1].options.select expected array
      --> symbiotic.config.ts:9:12
       9 |     ruff({ select: "E" }),
         |            ^^^^^^ docs/configuration.md lists what may stand there

    error SYM1304  plugins[2].use: the package \`symbiotic-plugin-nobody-has\` is not installed
      --> symbiotic.config.ts:10:5
       10 |     { use: "symbiotic-plugin-nobody-has" },
          |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      install it: npm install --save-dev symbiotic-plugin-nobody-has

    error SYM1301  plugins[3] is not a plugin
      --> symbiotic.config.ts:11:5
       11 |     "pytest",
          |     ^^^^^^^^ write what the plugin's factory gives, \`ruff()\`, or \`{ use: "<package>" }\`"
  `);
});

test("a configuration with a syntax error, that throws, or that is not there", async () => {
  using repository = createRepository({
    ...MONOREPO,
    "symbiotic.config.ts": "export default {\n  concurrency: 2,,\n};\n",
    "throws.config.mjs": 'export default {};\nthrow new Error("not today");\n',
    "broken.yaml": "disable: [ruff\n",
  });
  expect(await refused(repository, GATES)).toMatchInlineSnapshot(`
    "error SYM1101  the configuration cannot be loaded: Unexpected token \`,\`. Expected identifier, string literal, numeric literal or [ for the computed key
      --> symbiotic.config.ts:2:18
       2 |   concurrency: 2,,
         |                  ^ mend the file; \`node <file>\` shows the same error with its whole stack"
  `);
  expect(await refused(repository, [...GATES, "--config", "throws.config.mjs"])).toMatchInlineSnapshot(`
    "error SYM1101  the configuration cannot be loaded: not today
      --> throws.config.mjs:2:7
       2 | throw new Error("not today");
         |       ^ mend the file; \`node <file>\` shows the same error with its whole stack"
  `);
  expect(await refused(repository, [...GATES, "--config", "broken.yaml"])).toMatchInlineSnapshot(`
    "error SYM1101  the configuration cannot be loaded: deficient indentation (2:1)
      --> broken.yaml:2:1
       2 |
         | ^ mend the file; \`node <file>\` shows the same error with its whole stack"
  `);
  expect(await refused(repository, [...GATES, "--config", "nowhere.ts"])).toMatchInlineSnapshot(`
    "error SYM1102  there is no configuration at <root>/nowhere.ts
      check --config"
  `);
});

test("a plugin of another contract", async () => {
  using repository = createPluginRepository({ atoms: ONE_ATOM });
  repository.write({ "plugin.ts": pluginText({ atoms: ONE_ATOM }).replace("api: 1", "api: 2") });
  expect(await refused(repository, ["run", "fine"])).toMatchInlineSnapshot(`
    "error SYM1302  local: api is 2, this engine knows 1
      --> symbiotic.config.ts:5:13
       5 |   plugins: [local()],
         |             ^^^^^^^ install a version of the plugin for this engine"
  `);
});

test("a plugin whose options are not JSON", async () => {
  using repository = createPluginRepository({
    atoms: ONE_ATOM,
    options: "z.strictObject({ when: z.date() })",
    given: "{ when: new Date(0) }",
  });
  expect(await refused(repository, ["run", "fine"])).toMatchInlineSnapshot(`
    "error SYM1303  local: its options are not JSON
      --> symbiotic.config.ts:5:13
       5 |   plugins: [local({ when: new Date(0) })],
         |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      options are part of the key and cross to workers: no functions, regular expressions, dates or class instances"
  `);
});

test("a plugin with an atom id that is none, and an atom that is none", async () => {
  using repository = createPluginRepository({
    atoms: `{ "Not-An-Id": step("x"), no_command: { kind: "check", title: "t", describe: "d", inputs: () => ({}) } }`,
  });
  expect(await refused(repository, ["run", "all"])).toMatchInlineSnapshot(`
    "error SYM1302  local: \`Not-An-Id\` is not an atom id
      --> symbiotic.config.ts:5:13
       5 |   plugins: [local()],
         |             ^^^^^^^ an atom id is snake_case: letters, digits and \`_\`

    error SYM1302  local: atom \`no_command\` has not one of \`command\`, \`run\` and \`ask\`
      --> symbiotic.config.ts:5:13
       5 |   plugins: [local()],
         |             ^^^^^^^ give it one of the three; what asks an agent is of kind \`edit\`"
  `);
});

test("a package that exports no plugin", async () => {
  using repository = createRepository({
    ...MONOREPO,
    ".gitignore": "node_modules/\n",
    "symbiotic.config.json": '{\n  "plugins": [{ "use": "empty-plugin" }]\n}\n',
  });
  repository.write({
    "node_modules/empty-plugin/package.json":
      '{ "name": "empty-plugin", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
    "node_modules/empty-plugin/index.js": "export const other = 1;\n",
  });
  expect(await refused(repository, GATES)).toMatchInlineSnapshot(`
    "error SYM1301  file://<root>/node_modules/empty-plugin/index.js exports no \`plugin\`
      --> symbiotic.config.json:2:15
       2 |   "plugins": [{ "use": "empty-plugin" }]
         |               ^^^^^^^^^^^^^^^^^^^^^^^^^ a plugin package exports its factory as \`plugin\`"
  `);
});

test("a package whose module throws", async () => {
  using repository = createRepository({
    ...MONOREPO,
    ".gitignore": "node_modules/\n",
    "symbiotic.config.json": '{\n  "plugins": [{ "use": "bad-plugin" }]\n}\n',
  });
  repository.write({
    "node_modules/bad-plugin/package.json":
      '{ "name": "bad-plugin", "version": "1.0.0", "type": "module", "exports": "./index.js" }',
    "node_modules/bad-plugin/index.js": 'throw new Error("no licence");\n',
  });
  expect(await refused(repository, GATES)).toMatchInlineSnapshot(`
    "error SYM1306  file://<root>/node_modules/bad-plugin/index.js cannot be loaded: no licence
      --> symbiotic.config.json:2:15
       2 |   "plugins": [{ "use": "bad-plugin" }]
         |               ^^^^^^^^^^^^^^^^^^^^^^^ reinstall the package, or tell its authors"
  `);
});

test("a plugin without a schema for its options", async () => {
  using repository = createPluginRepository({ atoms: ONE_ATOM, options: "undefined" });
  expect(await refused(repository, ["run", "fine"])).toMatchInlineSnapshot(`
    "error SYM1302  local: \`options\` is no schema
      --> symbiotic.config.ts:5:13
       5 |   plugins: [local()],
         |             ^^^^^^^ give it one of zod: \`options: z.strictObject({}).default({})\`"
  `);
});

test("two plugins that own the same atom", async () => {
  using repository = createPluginRepository({ atoms: ONE_ATOM });
  repository.write({
    "second.ts": pluginText({ atoms: ONE_ATOM }).replace('name: "local"', 'name: "second"'),
    "symbiotic.config.ts":
      'import { local } from "./plugin.ts";\nimport { local as second } from "./second.ts";\nexport default { plugins: [local(), second()], disable: ["python", "ruff", "pytest"] };\n',
  });
  expect(await refused(repository, ["run", "fine"])).toMatchInlineSnapshot(`
    "error SYM1305  \`fine\` names an atom of plugin local and one of plugin second
      an atom's id and alias belong to one plugin: leave one of the two out with \`disable\`

    error SYM1305  \`f\` names an atom of plugin local and one of plugin second
      an atom's id and alias belong to one plugin: leave one of the two out with \`disable\`"
  `);
});

test("a plugin that throws while it reads the repository", async () => {
  using repository = createPluginRepository({ atoms: ONE_ATOM, files: { "project.json": "{ not json\n" } });
  expect(await refused(repository, ["run", "fine"])).toMatchInlineSnapshot(`
    "error SYM4009  the plugin local, looking for projects, threw: Expected property name or '}' in JSON at position 2 (line 1 column 3)
      this is an error of the plugin: tell its authors"
  `);
});

test("a cycle of tasks, by its path", async () => {
  using repository = createPluginRepository({
    atoms: `{
      a: step("a", { dependsOn: ["b"] }),
      b: step("b", { dependsOn: ["c"] }),
      c: step("c", { dependsOn: ["a"] }),
      apart: step("apart"),
    }`,
  });
  expect(await refused(repository, ["run", "all"])).toMatchInlineSnapshot(`
    "error SYM3001  3 tasks make a cycle: app:a → app:c → app:b → app:a
      app:c depends on app:a
      app:b depends on app:c
      app:a depends on app:b
      take one \`dependsOn\` of these atoms away"
  `);
});

test("a target that names nothing, and one that contains itself", async () => {
  using repository = createPluginRepository({
    atoms: ONE_ATOM,
    settings: `targets: { mine: ["fin"], round: ["round"] },`,
  });
  expect(await refused(repository, ["run", "mine"])).toMatchInlineSnapshot(`
    "error SYM1205  target \`mine\` names \`fin\`, which is no atom and no target
      name atoms by id or alias, or other targets

    error SYM1205  target \`round\` contains itself
      name atoms by id or alias, or other targets"
  `);
});

test("a setting that names a gate or a default plugin that nobody has", async () => {
  using repository = createRepository({
    ...MONOREPO,
    "symbiotic.config.json": '{\n  "disable": ["ruf"],\n  "gates": { "lint_claen": { "required": true } }\n}\n',
  });
  expect(await refused(repository, GATES)).toMatchInlineSnapshot(`
    "error SYM1206  gates.lint_claen names \`lint_claen\`, which is not known
      --> symbiotic.config.json:3:14
       3 |   "gates": { "lint_claen": { "required": true } }
         |              ^^^^^^^^^^^^ did you mean \`lint_clean\`?
      known gates: lint_clean, format_clean, tests_passed, coverage, coverage_of_change, checks_kept, duration_budget, no_new_security_finding

    error SYM1206  disable[0] names \`ruf\`, which is not known
      --> symbiotic.config.json:2:15
       2 |   "disable": ["ruf"],
         |               ^^^^^ did you mean \`ruff\`?
      known disable: python, node, ruff, pytest, command, bandit, black, complexity, dbt, eslint, gitleaks, great-expectations, hyperfine, hypothesis, mypy, pip-audit, pip-licenses, pre-commit, prettier, semgrep"
  `);
});

test("a pyproject.toml that cannot be read, at its place", async () => {
  using repository = createRepository({ ...MONOREPO, "core/pyproject.toml": '[project]\nname = "core"\nversion = \n' });
  expect(await refused(repository, GATES)).toMatchInlineSnapshot(`
    "error SYM7101  core/pyproject.toml is not valid TOML: invalid value
      --> core/pyproject.toml:3:11
       3 | version =
         |           ^
      correct the file; if it is data rather than a project, name its folder in the python plugin's option \`exclude\`"
  `);
});

test("a cache that cannot be made is a warning: the run goes on without it", async () => {
  using repository = createPluginRepository({ atoms: ONE_ATOM });
  repository.write({ "a-file": "" });
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", "fine"], {
    env: { SYMBIOTIC_CACHE_DIR: "a-file/cache" },
  });
  expect(exitCode).toBe(0);
  expect(`${stdout}${stderr}`).toContain("SYM6");
});

test("called in a folder of a repository, it works on the whole", async () => {
  using repository = createPluginRepository({ atoms: ONE_ATOM });
  mkdirSync(join(repository.root, "deep/inside"), { recursive: true });
  const { exitCode } = await symbiotic(repository, ["run", "fine"], { cwd: join(repository.root, "deep/inside") });
  expect(exitCode).toBe(0);
  expect(repository.runs()).toHaveLength(1);
});

/** What is printed about a command that is refused: on stderr, with a code, without a stack. */
async function refused(repository: TestRepository, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await symbiotic(repository, args, options);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^error SYM\d{4} {2}/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain("SYM0002");
  return normalise(stderr, repository);
}
