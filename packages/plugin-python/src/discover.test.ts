import type { FoundProject } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { discovery } from "./discover.ts";
import { options, type PythonOptionsInput } from "./options.ts";

/** Discovery over files given as path and text; a text of `null` is a file that no manifest glob matches. */
function discover(
  files: Readonly<Record<string, string | null>>,
  given?: PythonOptionsInput,
): ReturnType<typeof discovery.projects> {
  const texts = Object.entries(files).flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
  return discovery.projects({ files: texts, paths: Object.keys(files), options: options.parse(given) });
}

function projects(files: Readonly<Record<string, string | null>>, given?: PythonOptionsInput): readonly FoundProject[] {
  const result = discover(files, given);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join("\n"));
  return result.value;
}

/** `name root`, a line each. */
function named(files: Readonly<Record<string, string | null>>, given?: PythonOptionsInput): string[] {
  return projects(files, given).map(({ name, root }) => `${name} ${root}`);
}

/** `from -> to because`, a line each. */
function edges(files: Readonly<Record<string, string | null>>): string[] {
  return projects(files).flatMap(({ root, dependsOn }) =>
    dependsOn.map((edge) => `${root} -> ${edge.root} ${edge.because}`),
  );
}

const CORE = '[project]\nname = "foo-core"\n';

test("a repository with Python files and no manifest is one project, called root", () => {
  const [root, ...rest] = projects({ "app.py": null, "lib/x.py": null });
  expect(rest).toEqual([]);
  expect(root).toMatchObject({ name: "root", root: ".", manifests: [], dependsOn: [], tags: ["python"] });
});

test("a repository without Python has no projects", () => {
  expect(
    named({
      "main.go": null,
      "docs/requirements.txt": "sphinx\n",
      "node_modules/x/setup.py": "setup(name='x')",
      "venv/a.py": null,
    }),
  ).toEqual([]);
});

test.each([
  ["PEP 621", "pyproject.toml", '[project]\nname = "Foo.Core_X"\n'],
  ["Poetry", "pyproject.toml", '[tool.poetry]\nname = "Foo.Core_X"\n'],
  ["Poetry 2", "pyproject.toml", '[project]\nname = "Foo.Core_X"\n[tool.poetry]\npackages = []\n'],
  ["Flit of old", "pyproject.toml", '[tool.flit.metadata]\nmodule = "foo"\ndist-name = "Foo.Core_X"\n'],
  ["setup.cfg", "setup.cfg", "[metadata]\nname = Foo.Core_X\n"],
  ["setup.py", "setup.py", "from setuptools import setup\nsetup(\n    name='Foo.Core_X',  # its name\n)\n"],
  [
    "setup.py by a variable",
    "setup.py",
    "import setuptools\nNAME = 'Foo.Core_X'\nsetuptools.setup(name=NAME, version=read('v'))\n",
  ],
])("a name in %s is taken in its normalised spelling", (_, file, text) => {
  expect(named({ [`packages/a/${file}`]: text })).toEqual(["foo-core-x packages/a"]);
});

test.each([
  ["it has no name", "pyproject.toml", '[build-system]\nrequires = ["hatchling"]\n'],
  ["its name is a template's", "pyproject.toml", '[project]\nname = "{{ cookiecutter.name }}"\n'],
  ["its name is no text", "pyproject.toml", "[project]\nname = 3\n"],
  ["its name is computed", "setup.py", "setup(name=f'foo-{x}')\n"],
  ["it is a Pipfile", "Pipfile", '[packages]\nflask = "*"\n'],
])("a project is called after its folder where %s", (_, file, text) => {
  expect(named({ [`services/_My.Api/${file}`]: text })).toEqual(["my-api services/_My.Api"]);
});

test.each([
  ["settings of tools", "tests/pyproject.toml", '[tool.ruff]\nextend = "../pyproject.toml"\n'],
  ["settings in setup.cfg", "tests/setup.cfg", "[flake8]\nmax-line-length = 100\n"],
  [
    "a setup.py for a part of a package",
    "src/foo/setup.py",
    "def configuration(): ...\nsetup(configuration=configuration)\n",
  ],
  [
    "a virtual workspace root without Python of its own",
    "libs/pyproject.toml",
    '[tool.uv.workspace]\nmembers = ["*"]\n',
  ],
])("%s make no project", (_, file, text) => {
  expect(named({ "pyproject.toml": CORE, [file]: text })).toEqual(["foo-core ."]);
});

test("the root is a project where it has Python files that belong to no other", () => {
  const files = { "pyproject.toml": "[tool.ruff]\nline-length = 100\n", "a/pyproject.toml": CORE, "a/x.py": null };
  expect(named(files)).toEqual(["foo-core a"]);
  expect(named({ ...files, "scripts/x.py": null })).toEqual(["root .", "foo-core a"]);
});

test("folders with requirements.txt and Python are projects only where no manifest is above them", () => {
  const services = {
    "api/requirements.txt": "flask\n",
    "api/app.py": null,
    "docs/requirements.txt": "sphinx\n",
    "docs/conf.py": null,
  };
  expect(named(services)).toEqual(["root .", "api api"]);
  expect(named({ ...services, "requirements.txt": "x\n" })).toEqual(["root ."]);
  expect(named({ ...services, "pyproject.toml": CORE })).toEqual(["foo-core ."]);
});

test("a project known only by requirements.txt needs the modules of the root, as nothing says that it does not", () => {
  expect(edges({ "api/requirements.txt": "flask\n", "api/app.py": null, "common/x.py": null })).toEqual([
    "api -> . no manifest says which modules of the repository it imports",
  ]);
});

test("manifests that are data are left out, unless the option `exclude` says otherwise", () => {
  const files = {
    "pyproject.toml": CORE,
    "tests/unit/fixtures/a/pyproject.toml": '[project]\nname = "a"\n',
    "testdata/b/pyproject.toml": "broken [",
    "node_modules/c/pyproject.toml": '[project]\nname = "c"\n',
    "{{cookiecutter.slug}}/pyproject.toml": "{% if x %}",
    "tests/integration/pyproject.toml": '[project]\nname = "integration"\n',
  };
  expect(named(files)).toEqual(["foo-core .", "integration tests/integration"]);
  expect(named(files, { exclude: ["testdata", "tests/integration/"] })).toEqual([
    "foo-core .",
    "a tests/unit/fixtures/a",
  ]);
});

test("every broken manifest is reported with its place", () => {
  const result = discover({
    "a/pyproject.toml": '[project]\nname = "a\n',
    "b/pyproject.toml": CORE,
    "c/Pipfile": "\n[packages\n",
  });
  expect(result.ok ? [] : result.error).toMatchObject([
    {
      code: "SYM7101",
      location: { file: "a/pyproject.toml", line: 2, column: expect.any(Number) },
      excerpt: 'name = "a',
    },
    { code: "SYM7101", location: { file: "c/Pipfile", line: 2 }, excerpt: "[packages" },
  ]);
  expect(result.ok ? "" : result.error[0]?.message).toMatch(/^a\/pyproject\.toml is not valid TOML: \S/);
});

test.each([
  ["dependencies", '[project]\nname = "app"\ndependencies = ["Foo_Core[x]>=1; python_version > \'3\'"]\n', "Foo_Core"],
  ["an extra", '[project]\nname = "app"\n[project.optional-dependencies]\ndev = ["foo.core"]\n', "foo.core"],
  [
    "a group",
    '[project]\nname = "app"\n[dependency-groups]\na = [{ include-group = "b" }]\nb = ["foo-core~=1.0"]\n',
    "foo-core",
  ],
  ["a group without a project", '[dependency-groups]\ntest = ["foo-core"]\n', "foo-core"],
  ["what its build requires", '[build-system]\nrequires = ["foo-core"]\n', "foo-core"],
  [
    "Poetry",
    '[tool.poetry.dependencies]\npython = "^3.11"\nfoo-core = { version = "^1", optional = true }\n',
    "foo-core",
  ],
  ["a group of Poetry", '[tool.poetry.group.dev.dependencies]\nfoo-core = "*"\n', "foo-core"],
  ["Poetry of old", '[tool.poetry.dev-dependencies]\nfoo-core = "*"\n', "foo-core"],
  ["uv of old", '[build-system]\nrequires = []\n[tool.uv]\ndev-dependencies = ["foo-core"]\n', "foo-core"],
  ["PDM of old", '[project]\nname = "app"\n[tool.pdm.dev-dependencies]\ntest = ["foo-core"]\n', "foo-core"],
  [
    "an environment of Hatch",
    '[project]\nname = "app"\n[tool.hatch.envs.test]\nextra-dependencies = ["foo-core"]\n',
    "foo-core",
  ],
  [
    "a source in the workspace",
    '[project]\nname = "app"\ndependencies = ["foo-core"]\n[tool.uv.sources]\nfoo-core = { workspace = true }\n',
    "foo-core",
  ],
])("%s in pyproject.toml make an edge by name", (_, text, quoted) => {
  expect(edges({ "app/pyproject.toml": text, "core/pyproject.toml": CORE })).toEqual([
    `app -> core requirement \`${quoted}\` (pyproject.toml)`,
  ]);
});

test.each([
  ["Poetry", '[tool.poetry.dependencies]\nother-name = { path = "../core", develop = true }\n', "../core"],
  [
    "several constraints of Poetry",
    '[tool.poetry.dependencies]\nx = [{ version = "1" }, { path = "../core" }]\n',
    "../core",
  ],
  [
    "a source of uv",
    '[project]\nname = "app"\ndependencies = ["x"]\n[tool.uv.sources]\nx = { path = "../core", editable = true }\n',
    "../core",
  ],
  [
    "a URL with a variable",
    '[project]\nname = "app"\ndependencies = ["x @ file:///${PROJECT_ROOT}/../core"]\n',
    "./../core",
  ],
  ["a URL of Hatch", '[project]\nname = "app"\ndependencies = ["x @ {root:parent:uri}/core"]\n', "./../core"],
  [
    "an editable one of PDM",
    '[project]\nname = "app"\n[tool.pdm.dev-dependencies]\nd = ["-e file:///${PROJECT_ROOT}/../core#egg=x"]\n',
    "./../core",
  ],
])("a path from %s makes an edge whatever the name", (_, text, path) => {
  expect(edges({ "app/pyproject.toml": text, "core/pyproject.toml": CORE })).toEqual([
    `app -> core path \`${path}\` (pyproject.toml)`,
  ]);
});

test("a source of the workspace's root serves its members, and only for what they require", () => {
  const member = (name: string, needs: string): string => `[project]\nname = "${name}"\ndependencies = ["${needs}"]\n`;
  expect(
    edges({
      "pyproject.toml":
        '[tool.uv.workspace]\nmembers = ["packages/*"]\n[tool.uv.sources]\nx = { path = "vendored/core" }\n',
      "packages/a/pyproject.toml": member("a", "x"),
      "packages/b/pyproject.toml": member("b", "y"),
      "outside/pyproject.toml": member("outside", "x"),
      "vendored/core/pyproject.toml": CORE,
    }),
  ).toEqual(["packages/a -> vendored/core path `vendored/core` (pyproject.toml)"]);
});

test("lists in setup.cfg make edges, also through a file that it names", () => {
  const text =
    "[metadata]\nname = app\n[options]\ninstall_requires =\n    flask\n    # no\n    foo-core >= 1\n[options.extras_require]\ndev = file: more.txt\nx = a; foo-b\n";
  const files = {
    "app/setup.cfg": text,
    "app/more.txt": "foo-c\n",
    "core/pyproject.toml": CORE,
    "b/pyproject.toml": '[project]\nname = "foo-b"\n',
    "c/pyproject.toml": '[project]\nname = "foo-c"\n',
  };
  expect(edges(files)).toEqual([
    "app -> b requirement `foo-b` (setup.cfg)",
    "app -> c requirement `foo-c` (more.txt)",
    "app -> core requirement `foo-core` (setup.cfg)",
  ]);
});

test("literals in setup.py make edges, and nothing in it is run", () => {
  const text = `
REQUIRES = ["flask",  # with a comment: "foo-b"
            'foo-core' ">=1"]
setup(name="app", install_requires=REQUIRES + [f"foo-{b}"], extras_require={"foo-b": ["""foo-c"""]})
raise SystemExit
`;
  const files = {
    "app/setup.py": text,
    "core/pyproject.toml": CORE,
    "b/pyproject.toml": '[project]\nname = "foo-b"\n',
    "c/pyproject.toml": '[project]\nname = "foo-c"\n',
  };
  expect(edges(files)).toEqual([
    "app -> c requirement `foo-c` (setup.py)",
    "app -> core requirement `foo-core` (setup.py)",
  ]);
});

test("a setup.py that is not valid Python is read as far as it goes", () => {
  expect(named({ "a/setup.py": "setup(name='b', [options]}, x=(\n" })).toEqual(["b a"]);
  expect(named({ "a/setup.py": "setup(\n[options]} name='b'" })).toEqual(["root ."]);
});

test("files of requirements beside a manifest make edges: names, paths from here or from the root, files they include", () => {
  const files = {
    "app/pyproject.toml": '[project]\nname = "app"\n',
    "app/requirements-dev.txt":
      "-e ../core[x]  # core\n-r ../shared/more-requirements.txt\n--hash=x\nhttps://example.org/foo-c.whl\n",
    "app/requirements/test.txt": "-e b\n-e .\n",
    "app/examples/requirements.txt": "foo-c\n",
    "shared/more-requirements.txt": "-r ../app/requirements-dev.txt\nfoo-d==1 \\\n  --hash=sha256:1\n",
    "core/pyproject.toml": CORE,
    "b/pyproject.toml": '[project]\nname = "foo-b"\n',
    "c/pyproject.toml": '[project]\nname = "foo-c"\n',
    "d/pyproject.toml": '[project]\nname = "foo-d"\n',
  };
  expect(edges(files)).toEqual([
    "app -> b path `b` (requirements/test.txt)",
    "app -> core path `../core` (requirements-dev.txt)",
    "app -> d requirement `foo-d` (shared/more-requirements.txt)",
  ]);
});

test("a Pipfile makes edges", () => {
  const text =
    '[packages]\nfoo-core = "*"\n[dev-packages]\nx = { path = "../b", editable = true }\n[requires]\npython_version = "3.11"\n';
  const files = { "app/Pipfile": text, "core/pyproject.toml": CORE, "b/pyproject.toml": '[project]\nname = "foo-b"\n' };
  expect(edges(files)).toEqual(["app -> b path `../b` (Pipfile)", "app -> core requirement `foo-core` (Pipfile)"]);
});

test("two projects that need each other keep both edges, and none needs itself", () => {
  const project = (name: string, needs: string): string =>
    `[project]\nname = "${name}"\ndependencies = ["${needs}", "${name}[all]"]\n`;
  expect(edges({ "a/pyproject.toml": project("a", "b"), "b/pyproject.toml": project("b", "a") })).toEqual([
    "a -> b requirement `b` (pyproject.toml)",
    "b -> a requirement `a` (pyproject.toml)",
  ]);
});

test("a name that two projects have means both", () => {
  const files = {
    "a/pyproject.toml": CORE,
    "b/pyproject.toml": CORE,
    "c/pyproject.toml": '[project]\nname = "c"\ndependencies = ["foo-core"]\n',
  };
  expect(edges(files).map((edge) => edge.slice(0, 6))).toEqual(["c -> a", "c -> b"]);
});

test("paths that leave the repository and URLs of the network make no edge", () => {
  const text =
    '[project]\nname = "app"\ndependencies = ["a @ file:///core", "b @ https://example.org/core", "c @ file:../../../core"]\n';
  expect(edges({ "app/pyproject.toml": text, "core/pyproject.toml": CORE })).toEqual([]);
});

test("all manifests of a folder are one project, and its tags say who manages it", () => {
  const files = {
    "a/pyproject.toml": '[build-system]\nrequires = []\nbuild-backend = "setuptools.build_meta"\n',
    "a/setup.cfg": "[metadata]\nname = foo\n",
    "a/setup.py": "from setuptools import setup\nsetup()\n",
    "a/requirements.txt": "",
    "a/uv.lock": null,
  };
  expect(projects(files)).toMatchObject([
    {
      name: "foo",
      manifests: ["a/pyproject.toml", "a/requirements.txt", "a/setup.cfg", "a/setup.py"],
      tags: ["python", "setuptools", "uv"],
    },
  ]);
});

test.each([
  ["poetry", '[tool.poetry]\nname = "a"\n[build-system]\nbuild-backend = "poetry.core.masonry.api"\n'],
  ["hatch", '[project]\nname = "a"\n[build-system]\nbuild-backend = "hatchling.build"\n'],
  ["pdm", '[project]\nname = "a"\n[tool.pdm]\n'],
  ["uv", '[project]\nname = "a"\n[build-system]\nbuild-backend = "uv_build"\n'],
])("a project of %s has its tag", (tag, text) => {
  expect(projects({ "pyproject.toml": text })[0]?.tags).toEqual(["python", tag]);
});

test("members of a uv workspace use uv, those it excludes do not", () => {
  const files = {
    "pyproject.toml": '[tool.uv.workspace]\nmembers = ["libs/*", "apps/{a,b}"]\nexclude = ["libs/old*"]\n',
    "libs/x/pyproject.toml": CORE,
    "libs/old-x/pyproject.toml": CORE,
    "libs/x/nested/pyproject.toml": CORE,
    "apps/b/pyproject.toml": CORE,
  };
  const uses = projects(files).map(({ root, tags }) => `${root} ${tags.join()}`);
  expect(uses).toEqual(["apps/b python,uv", "libs/old-x python", "libs/x python,uv", "libs/x/nested python"]);
});

test("environments are looked for in the configured place, the project, above it, Poetry's cache, the shell, PATH", () => {
  const files = { "pyproject.toml": '[tool.poetry]\nname = "Mono_Repo"\n', "libs/a/pyproject.toml": CORE };
  const [, a] = projects(files, { environment: "./envs/dev/" });
  expect(a?.environments).toMatchObject([
    { kind: "directory", path: "envs/dev", configured: true },
    { kind: "directory", path: "libs/a/.venv" },
    { kind: "directory", path: "libs/.venv" },
    { kind: "directory", path: ".venv" },
    { kind: "directory", path: "libs/a/venv" },
    { kind: "directory", path: "libs/venv" },
    { kind: "directory", path: "venv" },
    { kind: "poetry", name: "mono-repo", root: "." },
    { kind: "variable", name: "VIRTUAL_ENV" },
    { kind: "variable", name: "CONDA_PREFIX" },
    { kind: "path" },
  ]);
});

test("a project of uv looks first where uv was told to put its environment", () => {
  const [project] = projects({ "pyproject.toml": '[project]\nname = "a"\n[tool.uv]\npackage = false\n' });
  expect(project?.environments[0]).toEqual({ ecosystem: "python", kind: "variable", name: "UV_PROJECT_ENVIRONMENT" });
});

test("the order of the files does not matter", () => {
  const files = {
    "b/pyproject.toml": CORE,
    "a/requirements-x.txt": "foo-core\n",
    "a/setup.cfg": "[metadata]\nname=a\n",
    "a/pyproject.toml": '[project]\nname = "z"\n',
  };
  const turned = Object.fromEntries(Object.entries(files).toReversed());
  expect(projects(turned)).toEqual(projects(files));
});

test("an option that does not exist is refused", () => {
  expect(options.safeParse({ enviroment: ".venv" }).success).toBe(false);
  expect(options.parse(undefined)).toEqual(options.parse({}));
});

test("a project's locks are the lockfiles, versions and requirements of its folder and of those above, nearest first", () => {
  const files = {
    "a/pyproject.toml": CORE,
    "a/requirements-dev.txt": "x\n",
    "b/pyproject.toml": '[project]\nname = "b"\n',
    "b/requirements.txt": "x\n",
    "requirements/lint.txt": "ruff\n",
    "docs/requirements.txt": "sphinx\n",
    "venv/lib/requirements.txt": "x\n",
  };
  const [a] = projects(files);
  const names = [
    "uv.lock",
    "poetry.lock",
    "pdm.lock",
    "Pipfile.lock",
    "pylock.toml",
    "constraints.txt",
    ".python-version",
  ];
  expect(a?.locks).toEqual([
    ...names.map((name) => `a/${name}`),
    "a/requirements-dev.txt",
    ...names,
    "requirements/lint.txt",
  ]);
});
