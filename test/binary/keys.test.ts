import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { symbiotic } from "../support/binary.ts";
import { bundleOf, checkoutAs } from "../support/other-user.ts";
import { PYTHON_BIN } from "../support/places.ts";
import { createRecallRepository } from "../support/recall-rig.ts";
import { outcomes } from "../support/record.ts";
import { createRepository, temporaryFolder, type Files, type TestRepository } from "../support/repository.ts";

type Variables = Readonly<Record<string, string>>;

/** Runs targets; gives the tasks that were not known, sorted. */
async function missed(repository: TestRepository, target: string, env: Variables = {}): Promise<string[]> {
  const { exitCode, stdout, stderr } = await symbiotic(repository, ["run", target], { env });
  expect(exitCode, stdout + stderr).toBeLessThan(2);
  expect(stderr).toBe("");
  const ended = Object.entries(outcomes(repository));
  expect(ended.map(([, outcome]) => outcome).filter((outcome) => outcome.startsWith("broken"))).toEqual([]);
  return ended.flatMap(([id, outcome]) => (outcome.endsWith("miss") ? [id] : [])).sort();
}

/** What `why` says that a task ran for: `file lib/src/a.txt`, `variable MODE`. */
async function reasons(repository: TestRepository, task: string, env: Variables = {}): Promise<string[]> {
  const { stdout, stderr } = await symbiotic(repository, ["why", task, "--json"], { env });
  expect(stderr).toBe("");
  const { differences } = JSON.parse(stdout) as { differences: readonly { kind: string; name: string }[] };
  return differences.map(({ kind, name }) => `${kind} ${name}`);
}

/** Something that changes, the tasks that it concerns, and what `why` says of one of them. */
interface Case {
  readonly name: string;
  readonly change?: (repository: TestRepository) => void;
  readonly env?: Variables;
  readonly missed: readonly string[];
  readonly why: readonly [task: string, ...reasons: string[]];
  /** A task before that one has to run first: `why` can only say that before. */
  readonly waits?: true;
}

/** After each change those tasks miss and no others, `why` says for what, before and after; and then all is known. */
async function takeCases(repository: TestRepository, target: string, cases: readonly Case[]): Promise<void> {
  await missed(repository, target);
  expect(await missed(repository, target)).toEqual([]);
  for (const { name, change, env, missed: wanted, why, waits } of cases) {
    const [task, ...expected] = why;
    change?.(repository);
    if (waits === undefined) expect(await reasons(repository, task, env), `${name}: why, before`).toEqual(expected);
    else expect((await symbiotic(repository, ["why", task])).stderr).toContain("SYM2014");
    expect(await missed(repository, target, env), name).toEqual(wanted);
    expect(await reasons(repository, task, env), `${name}: why, after it ran`).toEqual(expected);
    expect(await missed(repository, target, env), `${name}, again`).toEqual([]);
    if (env !== undefined) expect(await missed(repository, target), `without: ${name}`).toEqual([]);
  }
}

function replace(path: string, from: string | RegExp, to: string): (repository: TestRepository) => void {
  return (repository) => {
    const text = repository.read(path);
    expect(text).toMatch(from);
    repository.write({ [path]: text.replace(from, to) });
  };
}

/** Plugins that have nothing to do where all atoms are commands. */
const DEFAULTS = ["python", "node", "ruff", "pytest"];

const STEP = {
  command: ["node", "-e", "console.log(process.env.MODE ?? 'none', Object.keys(process.env).includes('HIDDEN_LEVEL'))"],
  inputs: ["in.txt"],
  variables: ["MODE", "SET_*"],
  env: { LEVEL: "1" },
};

function commands(files: Files = {}): TestRepository {
  const config = {
    atoms: { step: STEP, other: { command: ["node", "-e", "0"], inputs: ["other.txt"] } },
    targets: { all: ["step", "other"] },
    disable: DEFAULTS,
  };
  return createRepository({
    "symbiotic.config.json": JSON.stringify(config),
    "in.txt": "1\n",
    "other.txt": "1\n",
    ...files,
  });
}

test("what a command is, is given and reads is in its key, each under its name", async () => {
  using repository = commands();
  const config = "symbiotic.config.json";
  await takeCases(repository, "all", [
    {
      name: "an input",
      change: (r) => r.write({ "in.txt": "2\n" }),
      missed: ["root:step"],
      why: ["root:step", "file in.txt"],
    },
    {
      name: "the command",
      change: replace(config, "'none'", "'nothing'"),
      missed: ["root:step"],
      why: ["root:step", "command command"],
    },
    {
      name: "a variable of its own",
      change: replace(config, '"LEVEL":"1"', '"LEVEL":"2"'),
      missed: ["root:step"],
      why: ["root:step", "command command"],
    },
    { name: "a declared variable", env: { MODE: "fast" }, missed: ["root:step"], why: ["root:step", "variable MODE"] },
    { name: "an empty one", env: { MODE: "" }, missed: ["root:step"], why: ["root:step", "variable MODE"] },
    {
      name: "one of many",
      env: { SET_ANY: "1" },
      missed: ["root:step"],
      why: ["root:step", "variable MODE", "variable SET_ANY"],
    },
  ]);
});

test("a variable that is not declared changes nothing, and the task does not see it", async () => {
  using repository = commands();
  const seen = async (env: Variables): Promise<string> => {
    const { stderr } = await symbiotic(repository, ["run", "step", "--force", "--output-logs", "full"], { env });
    return stderr;
  };
  expect(await seen({ HIDDEN_LEVEL: "3" })).toContain("none false");
  expect(await missed(repository, "step")).toEqual([]);
  expect(await missed(repository, "step", { HIDDEN_LEVEL: "4" })).toEqual([]);
  expect(await seen({ HIDDEN_LEVEL: "3", MODE: "m" })).toContain("m false");
});

test("a plugin, its options, a module that it imports and the result of a task before are in the key", async () => {
  using repository = createRecallRepository({ "lib/src/b.txt": "b\n" });
  const all = ["app:check", "app:make", "lib:check", "lib:make", "lib:note"];
  await takeCases(repository, "all", [
    {
      name: "an option",
      change: replace("symbiotic.config.ts", "local({})", 'local({ more: "x" })'),
      missed: all,
      why: ["lib:make", "option options"],
    },
    {
      name: "the plugin, in place",
      change: replace("plugin.ts", '" bad, mode "', '" found, mode "'),
      missed: all,
      why: ["lib:make", "plugin plugin"],
    },
    {
      name: "a module that it imports",
      change: replace("helper.ts", "export", "// why\nexport"),
      missed: all,
      why: ["lib:note", "plugin plugin"],
    },
    {
      name: "the result of a task before",
      change: (r) => r.write({ "lib/src/a.txt": "aa\n" }),
      // What `app:make` waits for gave other bytes.
      missed: ["app:check", "app:make", "lib:check", "lib:make"],
      why: ["app:make", "dependency lib:make"],
      waits: true,
    },
  ]);
});

test("a task that runs again and gives the same result leaves those behind it known", async () => {
  const count =
    "const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); fs.writeFileSync('dist/n', String(fs.readFileSync('in.txt', 'utf8').trim().length))";
  const atoms = {
    count: { command: ["node", "-e", count], inputs: ["in.txt"], outputs: ["dist"] },
    reads: {
      command: ["node", "-e", "console.log(require('fs').readFileSync('dist/n', 'utf8'))"],
      inputs: ["none.txt"],
      dependsOn: ["count"],
    },
    last: { command: ["node", "-e", "0"], inputs: ["none.txt"], dependsOn: ["reads"] },
  };
  using repository = createRepository({
    ".gitignore": "dist/\n",
    "in.txt": "one\n",
    "symbiotic.config.json": JSON.stringify({ atoms, disable: DEFAULTS }),
  });
  expect(await missed(repository, "last")).toEqual(["root:count", "root:last", "root:reads"]);
  repository.write({ "in.txt": "two\n" });
  expect(await missed(repository, "last")).toEqual(["root:count"]);
  repository.write({ "in.txt": "three\n" });
  expect(await missed(repository, "last")).toEqual(["root:count", "root:last", "root:reads"]);
  repository.write({ "in.txt": "one\n" });
  expect(await missed(repository, "last")).toEqual([]);
});

/** A program that says a version, and does what another line says. */
function putTool(repository: TestRepository, version: string, line: string): void {
  const bin = join(repository.home, "bin");
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, "ruff"),
    `#!/bin/sh\n[ "$1" = --version ] && echo ruff ${version} && exit 0\n${line}\nexec ${join(PYTHON_BIN, "ruff")} "$@"\n`,
  );
  chmodSync(join(bin, "ruff"), 0o755);
}

test.runIf(process.platform !== "win32")(
  "a tool's version and a tool's bytes are in the key of who is checked by it",
  async () => {
    using repository = createRepository({
      "pyproject.toml": '[project]\nname = "p"\n[tool.ruff]\n',
      "a.py": "x = 1\n",
    });
    const home = {
      ...repository,
      env: { ...repository.env, PATH: [join(repository.home, "bin"), repository.env["PATH"] ?? ""].join(delimiter) },
    };
    putTool(repository, "1.0.0", ":");
    await takeCases(home, "ruff", [
      {
        name: "another version",
        change: () => putTool(repository, "1.1.0", ":"),
        missed: ["p:run_ruff_lint"],
        why: ["p:ruff", "tool ruff"],
      },
      {
        name: "other bytes of that version",
        change: () => putTool(repository, "1.1.0", "true"),
        missed: ["p:run_ruff_lint"],
        why: ["p:ruff", "tool ruff"],
      },
    ]);
  },
);

/** Gives the project an environment of its own, with the tests' ruff and pytest in it; gives where distributions lie. */
function installEnvironment({ root, env }: TestRepository): string {
  execFileSync(join(PYTHON_BIN, "python"), ["-m", "venv", "--without-pip", ".venv"], { cwd: root, env });
  const [version = ""] = readdirSync(join(root, ".venv/lib"));
  const packages = `lib/${version}/site-packages`;
  cpSync(join(PYTHON_BIN, "..", packages), join(root, ".venv", packages), { recursive: true });
  cpSync(join(PYTHON_BIN, "ruff"), join(root, ".venv/bin/ruff"));
  return join(root, ".venv", packages);
}

function install(packages: string, version: string, hash: string): void {
  for (const name of readdirSync(packages))
    if (name.startsWith("acme-")) rmSync(join(packages, name), { recursive: true });
  const info = join(packages, `acme-${version}.dist-info`);
  mkdirSync(info);
  writeFileSync(join(info, "METADATA"), `Metadata-Version: 2.1\nName: acme\nVersion: ${version}\n`);
  writeFileSync(
    join(info, "RECORD"),
    `acme.py,sha256=${hash},9\nacme-${version}.dist-info/METADATA,,\nacme-${version}.dist-info/RECORD,,\n`,
  );
  writeFileSync(join(packages, "acme.py"), `# ${hash}\n`);
}

test.runIf(process.platform !== "win32")(
  "what is installed beside pytest is in its key and not in ruff's; who installed it is not",
  async () => {
    using repository = createRepository({
      ".gitignore": ".venv/\n__pycache__/\n.pytest_cache/\n.ruff_cache/\n.coverage\n",
      "pyproject.toml": '[project]\nname = "p"\n[tool.ruff]\n[tool.pytest.ini_options]\n',
      "test_a.py": "def test_a():\n    assert True\n",
    });
    const packages = installEnvironment(repository);
    const pytest = (name: string, change: () => void): Case => ({
      name,
      change,
      missed: ["p:run_pytest_unit_with_coverage"],
      why: ["p:pytest", "tool acme"],
    });
    await takeCases(repository, "gates", [
      pytest("installed", () => install(packages, "1.0", "aaa")),
      pytest("upgraded", () => install(packages, "1.1", "aaa")),
      pytest("other bytes of that version", () => install(packages, "1.1", "bbb")),
    ]);
    appendFileSync(join(packages, "acme-1.1.dist-info/INSTALLER"), "somebody else\n");
    expect(await missed(repository, "gates")).toEqual([]);
    // As it was at first.
    rmSync(join(packages, "acme-1.1.dist-info"), { recursive: true });
    expect(await missed(repository, "gates")).toEqual([]);
  },
);

/** The keys under which the newest run of a checkout knew its tasks. */
function keysIn(root: string): Record<string, string> {
  const runs = join(root, ".symbiotic/runs");
  const [run = "", ...more] = readdirSync(runs).filter((name) => !name.startsWith("."));
  expect(more).toEqual([]);
  const lines = readFileSync(join(runs, run, "journal.jsonl"), "utf8")
    .split("\n")
    .filter(Boolean);
  const entries = lines.map(
    (line) => (JSON.parse(line) as { entry: { type: string; task: string; key: string } }).entry,
  );
  return Object.fromEntries(entries.flatMap(({ type, task, key }) => (type === "ended" ? [[task, key]] : [])));
}

/** A repository whose tasks know much of where they run: variables, tools, results of others, places in what they print. */
function wherever(): TestRepository {
  const atoms = {
    make: {
      command: "mkdir -p dist && cat in/* > dist/all && pwd",
      inputs: ["in/**"],
      outputs: ["dist"],
      variables: ["HOME_OF_IT"],
    },
    check: { command: ["node", "-e", "console.log(process.cwd())"], dependsOn: ["make"], env: { PLACE: "here" } },
  };
  return createRepository({
    ".gitignore": "dist/\n",
    "symbiotic.config.ts": `export default ${JSON.stringify({ atoms, disable: DEFAULTS })};\n`,
    "in/a.txt": "1\n",
    "in/b.txt": "2\n",
  });
}

test("another checkout at another path has the same keys, and is served what the first one made", async () => {
  using repository = wherever();
  using clone = repository.clone();
  const cache = { SYMBIOTIC_CACHE_DIR: join(repository.home, "cache") };
  const at = ({ root }: TestRepository): Variables => ({ ...cache, HOME_OF_IT: join(root, "in") });
  expect(await missed(repository, "check", at(repository))).toEqual(["root:check", "root:make"]);
  expect(await missed(clone, "check", at(clone))).toEqual([]);
  expect(clone.read("dist/all")).toBe("1\n2\n");
  clone.write({ "in/a.txt": "3\n" });
  expect(await missed(clone, "check", at(clone))).toEqual(["root:check", "root:make"]);
});

test("another user at another path has the same keys", () => {
  using source = wherever();
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  try {
    const bundle = bundleOf(source, join(folder, "source.bundle"));
    const places = { 12_004: "one", 12_005: "deeper/than/that/two" };
    const [one, two] = Object.entries(places).map(([uid, place]) => {
      const checkout = checkoutAs({ uid: Number(uid), root: join(folder, place) }, source, bundle);
      const { exitCode, stdout, stderr } = checkout.symbiotic("run", "check");
      expect(exitCode, stdout + stderr).toBe(0);
      return keysIn(checkout.root);
    });
    expect(Object.keys(one ?? {}).sort()).toEqual(["root:check", "root:make"]);
    expect(two).toEqual(one);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
