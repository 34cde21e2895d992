import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import {
  countStarts,
  install,
  makeEnvironment,
  temporaryFolder,
  WINDOWS,
  write,
  type TestDistribution,
  type TestEnvironment,
} from "../../../test/support/python-environment.ts";
import type { JsonValue } from "../../core/json.ts";
import type { EnvironmentCandidate, ToolSpec } from "../../plugin/tool.ts";
import { describeEnvironment } from "./describe-environment.ts";
import { locateEnvironments } from "./environment.ts";
import { resolveTool } from "./find-tool.ts";
import type { FoundTool } from "./found-tool.ts";
import type { Host } from "./host.ts";
import type { Memo } from "./memo.ts";
import { createSurvey } from "./survey.ts";

const PYTEST = { name: "pytest", kind: "python-module", module: "pytest", distribution: "pytest" } as const;
const RUFF = { name: "ruff", kind: "python-executable", bin: "ruff", version: ["--version"] } as const;
const VENV: EnvironmentCandidate = { ecosystem: "python", kind: "directory", path: ".venv" };
const ON_PATH: EnvironmentCandidate = { ecosystem: "python", kind: "path" };

const INSTALLED: readonly TestDistribution[] = [
  { name: "pytest", version: "9.1.0", files: { "pytest/__init__.py": "" } },
  { name: "Pluggy_X", version: "1.5", files: { "pluggy.py": "a = 1" } },
];

interface Given {
  readonly root?: string;
  readonly env?: Record<string, string>;
  readonly memo?: Memo;
  readonly candidates?: readonly EnvironmentCandidate[];
}

function look(specs: readonly ToolSpec[], given: Given & { readonly root: string }): ReturnType<typeof resolveTool> {
  const host = hostOf(given);
  const environments = locateEnvironments(given.candidates ?? [VENV], host);
  return resolveTool(specs, {
    folder: ".",
    environments,
    survey: createSurvey(host, given.memo ?? new Map()),
    node: process.execPath,
  });
}

function hostOf({ root, env }: Given & { readonly root: string }): Host {
  return { root, env: { PATH: process.env["PATH"], ...env }, home: join(root, "home") };
}

function found(specs: readonly ToolSpec[], given: Given & { readonly root: string }): FoundTool {
  const result = look(specs, given);
  if (!result.ok) throw new Error(`not found in ${result.error.lookedIn.join()}`);
  return result.value;
}

function repository(
  distributions: readonly TestDistribution[] = INSTALLED,
): TestEnvironment & { readonly root: string } {
  const root = temporaryFolder();
  const environment = makeEnvironment(join(root, ".venv"));
  for (const distribution of distributions) install(environment.site, distribution);
  return { root, ...environment };
}

test("a module is run by the environment that has its distribution, without a path of this machine in its command", () => {
  const { root, python } = repository([...INSTALLED, { name: "pytest_cov", version: "7.1" }]);
  const { resolved, substitutions, display } = found([{ ...PYTEST, detects: ["pytest-cov", "xdist"] }], { root });
  expect(resolved).toEqual({
    name: "pytest",
    version: "9.1.0",
    advisory: false,
    detected: ["pytest-cov"],
    argv: ["{python}", "-m", "pytest"],
    origin: ".venv",
  });
  expect(substitutions).toEqual({ "{python}": python });
  expect(display).toEqual([relative(root, python), "-m", "pytest"]);
});

test("a module's identity names the interpreter and every distribution beside it", () => {
  const { root } = repository();
  const { identity } = found([PYTEST], { root });
  expect(identity).toMatchObject({ kind: "python", version: "9.1.0", interpreter: { implementation: "cpython" } });
  expect(identity.kind === "python" && identity.distributions).toEqual([
    ["pluggy-x", "1.5", expect.stringMatching(/^[0-9a-f]{64}$/)],
    ["pytest", "9.1.0", expect.stringMatching(/^[0-9a-f]{64}$/)],
  ]);
  expect(JSON.stringify(identity)).not.toContain(root);
});

test("the same environment at another path has the same identity", () => {
  const [one, other] = [repository(), repository()];
  expect(found([PYTEST], { root: other.root }).identity).toEqual(found([PYTEST], { root: one.root }).identity);
});

test("who installed a distribution, its bytecode and its programs are not in the identity", () => {
  const [plain, noted] = [repository(), repository(INSTALLED.slice(1))];
  install(noted.site, {
    ...INSTALLED[0]!,
    rows: ["pytest/__pycache__/__init__.cpython-311.pyc,,", "../../../bin/pytest,sha256=own,99"],
    notes: { INSTALLER: "uv", REQUESTED: "", "direct_url.json": '{"url":"file:///somewhere","dir_info":{}}' },
  });
  expect(found([PYTEST], { root: noted.root }).identity).toEqual(found([PYTEST], { root: plain.root }).identity);
});

const CHANGES: readonly (readonly [string, TestDistribution])[] = [
  ["a distribution more", { name: "pytest_randomly", version: "4.0" }],
  ["other files in a distribution of the same version", { ...INSTALLED[1]!, files: { "pluggy.py": "a = 2" } }],
];

test.each(CHANGES)("%s changes the identity, also where the memo knows the old one", (_, change) => {
  const { root, site } = repository();
  const memo: Memo = new Map<string, JsonValue>();
  const before = found([PYTEST], { root, memo }).identity;
  install(site, change);
  expect(found([PYTEST], { root, memo }).identity).not.toEqual(before);
});

test("a distribution that is gone is no longer in the identity", () => {
  const { root, site } = repository();
  const memo: Memo = new Map<string, JsonValue>();
  found([PYTEST], { root, memo });
  rmSync(join(site, "Pluggy_X-1.5.dist-info"), { recursive: true });
  const { identity } = found([PYTEST], { root, memo });
  expect(identity.kind === "python" && identity.distributions.map(([name]) => name)).toEqual(["pytest"]);
});

test("editable distributions count by name and version only, in each way that installers mark them", () => {
  const distributions = (name: string): unknown => {
    const { root, site } = repository([INSTALLED[0]!]);
    install(site, {
      name: "by_url",
      version: "1",
      files: { "by_url.pth": join(root, name) },
      notes: { "direct_url.json": `{"dir_info": {"editable": true}, "url": "file://${root}/${name}"}` },
    });
    install(site, {
      name: "by_finder",
      version: "2",
      files: { "__editable___by_finder_2_finder.py": `MAPPING = {"x": "${root}/${name}"}` },
    });
    write(join(site, "easy-install.pth"), `${join(root, name)}\n# a comment\nimport os\n`);
    write(join(site, "by-link.egg-link"), `${join(root, name)}\n.`);
    write(join(root, name, "developed.egg-info", "PKG-INFO"), "Metadata-Version: 2.1\nVersion: 3.1\n");
    const { identity } = found([PYTEST], { root });
    return identity.kind === "python" && identity.distributions;
  };
  const one = distributions("a");
  expect(one).toEqual([
    ["by-finder", "2", "editable"],
    ["by-link", "", "editable"],
    ["by-url", "1", "editable"],
    ["developed", "3.1", "editable"],
    ["pytest", "9.1.0", expect.any(String)],
  ]);
  expect(distributions("b")).toEqual(one);
});

test("a distribution installed from a folder, not editable, keeps its digest", () => {
  const { root, site } = repository([INSTALLED[0]!]);
  install(site, { name: "local", version: "1", notes: { "direct_url.json": '{"url":"file:///x","dir_info":{}}' } });
  const { identity } = found([PYTEST], { root });
  expect(identity.kind === "python" && identity.distributions[0]).toEqual([
    "local",
    "1",
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
});

test("an environment that sees the system's distributions has them in its identity", () => {
  const { root, directory } = repository();
  const memo: Memo = new Map<string, JsonValue>();
  const count = (): number => {
    const { identity } = found([PYTEST], { root, memo });
    return identity.kind === "python" ? identity.distributions.length : 0;
  };
  const alone = count();
  const file = join(directory, "pyvenv.cfg");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("include-system-site-packages = false", "include-system-site-packages = true"));
  expect(count()).toBeGreaterThan(alone);
});

test.skipIf(WINDOWS)("with the memo no process is started", () => {
  const repo = repository();
  const log = countStarts(repo);
  write(join(repo.bin, "tool"), `#!/bin/sh\necho start >> '${log}'\necho tool 1.2.3\n`, 0o755);
  const tool = { name: "tool", kind: "python-executable", bin: "tool", version: ["--version"] } as const;
  const memo: Memo = new Map<string, JsonValue>();
  const first = [found([PYTEST], { ...repo, memo }), found([tool], { ...repo, memo })];
  expect(readFileSync(log, "utf8")).toBe("start\nstart\n");
  expect([found([PYTEST], { ...repo, memo }), found([tool], { ...repo, memo })]).toEqual(first);
  expect(readFileSync(log, "utf8")).toBe("start\nstart\n");
});

test.skipIf(WINDOWS)("a shim on PATH is asked which interpreter it starts", () => {
  const { root, directory, bin, python } = repository();
  cpSync(directory, join(root, "elsewhere"), { recursive: true, verbatimSymlinks: true });
  write(join(root, "shims", "python3"), `#!/bin/sh\nexec '${python}' "$@"\n`, 0o755);
  const env = { PATH: `${join(root, "shims")}:/usr/bin:/bin` };
  const tool = found([PYTEST], { root, env, candidates: [ON_PATH] });
  expect(tool.substitutions).toEqual({ "{python}": join(bin, "python") });
  expect(tool.display).toEqual(["python3", "-m", "pytest"]);
  expect(tool.resolved.origin).toBe("PATH");
});

test("ruff is known by its bytes and the version it says", () => {
  const { resolved, identity, substitutions } = found([RUFF], { root: temporaryFolder(), candidates: [ON_PATH] });
  expect(resolved).toMatchObject({
    argv: ["{tool}"],
    origin: "PATH",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect(identity).toMatchObject({
    kind: "executable",
    name: "ruff",
    version: resolved.version,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(substitutions["{tool}"]).toBeDefined();
});

test.skipIf(WINDOWS)("a program's identity changes with its bytes and not with its path", () => {
  const make = (text: string): unknown => {
    const { root, bin } = repository([]);
    write(join(bin, "tool"), `#!/bin/sh\n# ${root}\necho 'tool, version 1.2.3 (x)'\n${text}`, 0o755);
    return found([{ ...RUFF, name: "tool", bin: "tool" }], { root }).identity;
  };
  expect(make("")).toMatchObject({ kind: "script", version: "1.2.3" });
  expect(make("")).toEqual(make(""));
  expect(make("# other")).not.toEqual(make(""));
});

test.skipIf(WINDOWS).each([
  ["a plain first line", (python: string) => `#!${python}\n`],
  ["a line for the shell", (python: string) => `#!/bin/sh\n'''exec' "${python}" "$0" "$@"\n' '''\n`],
])("a console script with %s is known by its environment and its text", (_, head) => {
  const make = (more: readonly TestDistribution[]): unknown => {
    const { root, bin, python } = repository([...INSTALLED, ...more]);
    write(join(bin, "black"), `${head(python)}print("black, 26.1.0")\n`, 0o755);
    return found([{ ...RUFF, name: "black", bin: "black" }], { root }).identity;
  };
  expect(make([])).toMatchObject({
    kind: "python",
    version: "26.1.0",
    distributions: [
      ["pluggy-x", "1.5", expect.any(String)],
      ["pytest", "9.1.0", expect.any(String)],
    ],
  });
  expect(make([])).toEqual(make([]));
  expect(make([{ name: "click", version: "9" }])).not.toEqual(make([]));
});

test.skipIf(WINDOWS)("a program that does not run is not there", () => {
  const { root, bin } = repository();
  write(join(bin, "ruff"), "#!/bin/sh\necho 'no such version' >&2\nexit 127\n", 0o755);
  expect(look([RUFF], { root })).toEqual({
    ok: false,
    error: { names: ["ruff"], lookedIn: [".venv"], canInstall: false },
  });
});

test("the first tool that is there is taken, a shipped one always", () => {
  const { root } = repository();
  const file = join(root, "tool.mjs");
  write(file, "export {};");
  const shipped = {
    name: "ruff (built in)",
    kind: "node-module",
    url: pathToFileURL(file).href,
    version: "0.17.3",
    advisory: true,
  } as const;
  const { resolved, substitutions, identity, display } = found([RUFF, shipped, PYTEST], { root });
  expect(resolved).toEqual({
    name: "ruff (built in)",
    version: "0.17.3",
    advisory: true,
    detected: [],
    argv: ["{node}", "{module}"],
    origin: "built in",
  });
  expect(substitutions).toEqual({ "{node}": process.execPath, "{module}": file });
  expect(display).toEqual(["node", "tool.mjs"]);
  expect(identity).toMatchObject({ kind: "node", version: "0.17.3" });
});

test("a tool that is nowhere is missing, with the places that were looked in", () => {
  const { root } = repository([]);
  const nowhere = { ...PYTEST, name: "nowhere", distribution: "no-such-distribution" };
  expect(look([nowhere, nowhere], { root, candidates: [VENV, ON_PATH] })).toEqual({
    ok: false,
    error: { names: ["nowhere"], lookedIn: [".venv", "PATH"], canInstall: false },
  });
});

test("what is remembered in another shape is learned anew", () => {
  const { root } = repository();
  const memo = new Map<string, JsonValue>();
  const before = found([PYTEST], { root, memo });
  for (const [key, value] of memo) memo.set(key, Array.isArray(value) ? [value[0] ?? "", { odd: true }] : 7);
  expect(found([PYTEST], { root, memo })).toEqual(before);
});

test("an environment is described by its interpreter and what is asked of it", () => {
  const { root, python } = repository();
  const host = hostOf({ root });
  const [environment] = locateEnvironments([VENV], host);
  const description = describeEnvironment(environment!, ["pytest", "pluggy.x", "mypy"], createSurvey(host, new Map()));
  expect(description).toEqual({
    origin: ".venv",
    python: relative(root, python),
    version: expect.stringMatching(/^cpython 3\.\d+\.\d+/),
    installed: { pytest: "9.1.0", "pluggy.x": "1.5" },
    distributions: 2,
  });
});
