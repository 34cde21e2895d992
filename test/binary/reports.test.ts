import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { startSymbiotic, symbiotic } from "../support/binary.ts";
import { createControl } from "../support/control.ts";
import { PYTHON_BIN } from "../support/places.ts";
import { createPluginRepository } from "../support/plugin-repository.ts";
import { killed } from "../support/processes.ts";
import { MENDED, SHOP } from "../support/python-files.ts";
import { createRepository, type TestRepository } from "../support/repository.ts";

const ALL = [
  ...["index.html", "index.json", "reports/coverage.xml", "reports/events.jsonl", "reports/findings.sarif"],
  ...["reports/gl-code-quality.json", "reports/htmlcov/index.html", "reports/junit.xml", "reports/summary.json"],
  "summary.md",
];

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) =>
    join(parentPath, name)
      .slice(folder.length + 1)
      .replaceAll("\\", "/"),
  );
  return paths.filter((path) => path !== ".gitignore").sort();
}

function reportsOf(repository: TestRepository, folder = "artifacts"): string[] {
  return filesIn(join(repository.root, folder));
}

const readJson = (repository: TestRepository, path: string): unknown => JSON.parse(repository.read(path));

function python(repository: TestRepository, lines: readonly string[]): unknown {
  const text = execFileSync(join(PYTHON_BIN, "python"), ["-c", lines.join("\n")], {
    cwd: repository.root,
    encoding: "utf8",
  });
  return JSON.parse(text);
}

test("a run leaves its reports, readers that are not ours accept them, and git sees none of them", async () => {
  using repository = createRepository(SHOP);
  const ran = await symbiotic(repository, ["run", "gates", "--report"]);
  const pages = /^src_shop___init__\.py-[0-9a-f]{8}\.html$/;
  expect(ran).toMatchObject({ exitCode: 1, stderr: "reports: artifacts/index.html (10 files)\n" });
  expect(reportsOf(repository).filter((path) => !pages.test(basename(path)))).toEqual(ALL);
  expect(repository.git("status", "--porcelain")).toBe("");

  const junit = ["import json, junitparser", "x = junitparser.JUnitXml.fromfile('artifacts/reports/junit.xml')"];
  expect(
    python(repository, [...junit, "print(json.dumps([x.tests, x.failures, [c.name for s in x for c in s]]))"]),
  ).toEqual([2, 1, ["test_none", "test_two"]]);
  const cobertura = ["import json, pycobertura", "c = pycobertura.Cobertura('artifacts/reports/coverage.xml')"];
  expect(
    python(repository, [...cobertura, "print(json.dumps([c.files(), c.line_rate(), c.total_statements()]))"]),
  ).toEqual([["src/shop/__init__.py"], 1, 3]);
  expect(readJson(repository, "artifacts/reports/gl-code-quality.json")).toMatchObject([{ check_name: "ruff/F401" }]);
  expect(repository.read("artifacts/summary.md")).toContain("## ❌ 2 of 4 gates failed");
});

test("the coverage of branches is that of coverage.py's own report", async () => {
  const branching = "def price(count):\n    if count > 3:\n        return 1\n    return 2\n";
  using repository = createRepository({
    ...MENDED,
    "pyproject.toml": `${SHOP["pyproject.toml"] ?? ""}[tool.coverage.run]\nbranch = true\nsource = ["src"]\n`,
    "src/shop/__init__.py": branching,
    "tests/test_price.py": "from shop import price\n\n\ndef test_few():\n    assert price(1) == 2\n",
  });
  await symbiotic(repository, ["run", "gates", "--report"]);
  const run = { cwd: repository.root, env: repository.env, stdio: "ignore" } as const;
  execFileSync(join(PYTHON_BIN, "python"), ["-m", "coverage", "run", "-m", "pytest", "-q"], run);
  execFileSync(join(PYTHON_BIN, "python"), ["-m", "coverage", "xml", "-o", "theirs.xml"], run);
  const lines = [
    "import json, pycobertura",
    "read = lambda path: pycobertura.Cobertura(path)",
    "told = lambda c: [c.branch_rate(), [[s for s in c.line_statuses(f)] for f in c.files()]]",
    "print(json.dumps([told(read('artifacts/reports/coverage.xml')), told(read('theirs.xml'))]))",
  ];
  const [ours, theirs] = python(repository, lines) as readonly [unknown, unknown];
  expect(ours).toEqual([0.5, expect.any(Array)]);
  expect(ours).toEqual(theirs);
  expect(repository.read("artifacts/reports/coverage.xml")).toContain('condition-coverage="50% (1/2)"');
});

test("the index names each file with its size and digest, and the logs of the run", async () => {
  using repository = createRepository(SHOP);
  await symbiotic(repository, ["run", "gates"]);
  const { stdout } = await symbiotic(repository, ["report", "--json"]);
  const index = JSON.parse(stdout) as { run: string; files: { path: string; bytes: number; task: string | null }[] };
  expect(readJson(repository, "artifacts/index.json")).toEqual(index);
  expect(index.run).toBe(basename(repository.runs().at(-1) ?? ""));
  for (const { path, bytes } of index.files)
    expect(readFileSync(join(repository.root, "artifacts", path)).length).toBe(bytes);
  expect(index.files.filter(({ task }) => task !== null)).toHaveLength(3);
});

test("a run of which nothing changed, and one that the configuration asks, leave reports too", async () => {
  using repository = createRepository({
    ...SHOP,
    ...MENDED,
    "symbiotic.config.json": JSON.stringify({ reports: { formats: ["markdown", "sarif"], folder: "build" } }),
  });
  const runs = [];
  for (let count = 0; count < 3; count += 1) {
    rmSync(join(repository.root, "build"), { recursive: true, force: true });
    runs.push(await symbiotic(repository, ["run", "gates"]));
    expect(reportsOf(repository, "build")).toEqual(["index.json", "reports/findings.sarif", "summary.md"]);
    expect(readJson(repository, "build/index.json")).toMatchObject({ run: basename(repository.runs().at(-1) ?? "") });
  }
  expect(runs.map(({ stderr }) => stderr)).toEqual(runs.map(() => "reports: build/index.json (2 files)\n"));
  expect(runs[2]?.stdout).toMatch(/^3 tasks, 3 cached/);
  const named = await symbiotic(repository, ["run", "gates", "--report=junit"]);
  expect(named.stderr).toBe("reports: build/reports/junit.xml (1 file)\n");
  expect(reportsOf(repository, "build")).toEqual(["index.json", "reports/junit.xml"]);
});

test("only the formats that are named are written, into the folder that is named, from where the command is called", async () => {
  using repository = createRepository(SHOP);
  await symbiotic(repository, ["run", "ruff"]);
  const args = ["report", "--format", "sarif,junit", "--format=markdown", "--out", "../out"];
  expect((await symbiotic(repository, args, { cwd: join(repository.root, "src") })).stderr).toBe(
    "reports: ../out/index.json (3 files)\n",
  );
  expect(reportsOf(repository, "out")).toEqual([
    "index.json",
    "reports/findings.sarif",
    "reports/junit.xml",
    "summary.md",
  ]);
  expect(reportsOf(repository)).toEqual([]);
});

test("a format, a run or a folder that is none is an error before anything happens", async () => {
  using repository = createRepository(SHOP);
  const codeOf = async (...args: string[]): Promise<unknown> => {
    const { exitCode, stderr } = await symbiotic(repository, args);
    return [exitCode, /SYM\d{4}/.exec(stderr)?.[0]];
  };
  expect(await codeOf("run", "ruff", "--report=pdf")).toEqual([2, "SYM2005"]);
  expect(existsSync(join(repository.root, ".symbiotic/runs"))).toBe(false);
  expect(await codeOf("report")).toEqual([2, "SYM2021"]);
  await symbiotic(repository, ["run", "ruff"]);
  expect(await codeOf("report", "--format", "pdf")).toEqual([2, "SYM2005"]);
  expect(await codeOf("report", "20200101-000000-0000")).toEqual([2, "SYM2021"]);
  expect(await codeOf("report", "--out", "README.md")).toEqual([2, "SYM4084"]);
  repository.write({ "artifacts/summary.md": "mine\n" });
  expect(await codeOf("report")).toEqual([2, "SYM4085"]);
  expect(reportsOf(repository)).toEqual(["summary.md"]);
  const events = join(repository.runs().at(-1) ?? "", "events.jsonl");
  writeFileSync(events, "no events\n");
  expect(await codeOf("report", "--out", "out")).toEqual([2, "SYM4081"]);
  rmSync(events);
  expect(await codeOf("report", "--out", "out")).toEqual([2, "SYM4080"]);
  expect(reportsOf(repository, "out")).toEqual([]);
});

test("reports that cannot be written are told of, and the run stays what it was", async () => {
  using repository = createRepository({ ...SHOP, ...MENDED, artifacts: "a file\n" });
  const ran = await symbiotic(repository, ["run", "ruff", "--report"]);
  expect(ran.exitCode).toBe(0);
  expect(ran.stderr).toMatch(/^error SYM4084 /);
});

test("coverage of a file that has changed since is told of, and its page shows none of its lines", async () => {
  using repository = createRepository(SHOP);
  await symbiotic(repository, ["run", "pytest"]);
  appendFileSync(join(repository.root, "src/shop/__init__.py"), "\nOTHER = 1\n");
  const reported = await symbiotic(repository, ["report"]);
  expect(reported.exitCode).toBe(0);
  expect(reported.stderr).toContain("warning SYM4086  1 file has changed since the coverage was measured");
  const page = reportsOf(repository).find((path) => path.includes("htmlcov/src_shop"));
  expect(repository.read(`artifacts/${page ?? ""}`)).not.toContain("OTHER");
  expect(repository.read("artifacts/reports/coverage.xml")).toContain('filename="src/shop/__init__.py"');
});

test("a run that was killed is reported as far as it went", async () => {
  const quick = `command: () => ({ argv: ["node", "-e", ""] })`;
  using repository = createPluginRepository({
    atoms: `{ first: step("first", { ${quick} }), second: step("second", { dependsOn: ["first"] }) }`,
  });
  await using control = await createControl(repository);
  const running = startSymbiotic(repository, ["run", "all", "--report"]);
  const second = await control.next("second");
  running.kill("SIGKILL");
  await running.ended;
  await killed(second);
  expect(reportsOf(repository)).toEqual([]);
  const reported = await symbiotic(repository, ["report"]);
  expect(reported.exitCode).toBe(0);
  expect(reported.stderr).toContain("warning SYM4083");
  expect(repository.read("artifacts/summary.md")).toContain("the run did not come to its end");
  expect(repository.read("artifacts/reports/junit.xml")).toContain("it did not come to its end");
});

test("on GitHub a run adds its comment to the summary of the job, and nothing else is written", async () => {
  using repository = createRepository(SHOP);
  const file = join(repository.home, "summary.md");
  writeFileSync(file, "before\n");
  const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file };
  await symbiotic(repository, ["run", "ruff"], { env });
  expect(readFileSync(file, "utf8")).toMatch(/^before\n<!-- symbiotic -->\n\n## /);
  expect(reportsOf(repository)).toEqual([]);
  const broken = await symbiotic(repository, ["run", "ruff"], {
    env: { ...env, GITHUB_STEP_SUMMARY: repository.root },
  });
  expect(broken.stderr).toContain("warning SYM4088");
});

describe("killed while it writes", () => {
  test("a command leaves only whole files, and the next one writes all of them", { timeout: 240_000 }, async () => {
    using repository = createRepository(SHOP);
    await symbiotic(repository, ["run", "gates", "--report"]);
    await symbiotic(repository, ["run", "gates"]);
    const [first = "", second = ""] = repository.runs().map((run) => basename(run));
    const begin = performance.now();
    await symbiotic(repository, ["report", first]);
    const whole = performance.now() - begin;
    for (let count = 0; count < 12; count += 1) {
      const running = startSymbiotic(repository, ["report", count % 2 === 0 ? second : first]);
      const timer = setTimeout(
        () => {
          running.kill("SIGKILL");
        },
        whole * (0.5 + count / 24),
      );
      await running.ended;
      clearTimeout(timer);
      for (const path of reportsOf(repository).filter((name) => /^(index|reports\/.*)\.(json|sarif)$/.test(name)))
        expect(() => readJson(repository, `artifacts/${path}`)).not.toThrow();
      for (const path of ALL.filter((name) => name.endsWith(".html") || name.endsWith(".xml")))
        expect(repository.read(`artifacts/${path}`).trimEnd()).toMatch(/<\/(?:html|testsuites|coverage)>$/);
    }
    mkdirSync(join(repository.root, "artifacts/own"));
    expect(await symbiotic(repository, ["report", second])).toMatchObject({ exitCode: 0 });
    const index = readJson(repository, "artifacts/index.json") as {
      run: string;
      files: { path: string; format: string }[];
    };
    const named = index.files.filter(({ format }) => format !== "log").map(({ path }) => path);
    expect([index.run, reportsOf(repository)]).toEqual([second, [...named, "index.json"].sort()]);
  });
});
