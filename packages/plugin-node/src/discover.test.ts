import type { FoundProject } from "@symbiotic-build/engine";
import { expect, test } from "vitest";
import { discovery } from "./discover.ts";
import { options, type NodeOptionsInput } from "./options.ts";

type Texts = Readonly<Record<string, string>>;

function discover(files: Texts, given?: NodeOptionsInput): ReturnType<typeof discovery.projects> {
  const texts = Object.entries(files).map(([path, text]) => ({ path, text }));
  return discovery.projects({ files: texts, paths: Object.keys(files), options: options.parse(given) });
}

function projects(files: Texts, given?: NodeOptionsInput): readonly FoundProject[] {
  const result = discover(files, given);
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join("\n"));
  return result.value;
}

/** `name root`, a line each. */
function named(files: Texts, given?: NodeOptionsInput): string[] {
  return projects(files, given).map(({ name, root }) => `${name} ${root}`);
}

/** `from -> to`, a line each. */
function edges(files: Texts): string[] {
  return projects(files).flatMap(({ root, dependsOn }) => dependsOn.map((edge) => `${root} -> ${edge.root}`));
}

function pkg(name: string, more: object = {}): string {
  return JSON.stringify({ name, version: "1.0.0", ...more });
}

const WORKSPACE = pkg("shop", { private: true, workspaces: ["packages/*"] });

test("one package at the root is one project", () => {
  expect(projects({ "package.json": pkg("app"), "package-lock.json": "{}" })).toMatchObject([
    { name: "app", root: ".", manifests: ["package.json"], dependsOn: [], tags: ["node", "npm"], environments: [] },
  ]);
});

test("a package without a name is called after its folder, one at the root is called root", () => {
  const files = { "package.json": '{ "workspaces": ["packages/*"] }', "packages/web/package.json": "{}" };
  expect(named(files)).toEqual(["root .", "web packages/web"]);
});

test.each<[string, Texts]>([
  ["a list", { "package.json": pkg("shop", { workspaces: ["packages/*", "!packages/old"] }) }],
  [
    "a list under packages",
    { "package.json": pkg("shop", { workspaces: { packages: ["./packages/*/", "!packages/old"] } }) },
  ],
  [
    "pnpm's file",
    { "package.json": pkg("shop"), "pnpm-workspace.yaml": 'packages:\n  - "packages/*"\n  - "!packages/old"\n' },
  ],
])("the packages of a workspace given as %s are projects, and nothing else in it is", (_, root) => {
  const files = {
    ...root,
    "packages/a/package.json": pkg("a"),
    "packages/old/package.json": pkg("old"),
    "packages/a/fixtures/broken/package.json": "{",
    "examples/basic/package.json": pkg("example"),
    "examples/nested/package.json": pkg("nested", { workspaces: ["*"] }),
    "packages/a/node_modules/x/package.json": pkg("x"),
  };
  expect(named(files)).toEqual(["shop .", "a packages/a"]);
});

test("settings of pnpm without packages leave the root alone", () => {
  const files = { "package.json": pkg("app"), "pnpm-workspace.yaml": "onlyBuiltDependencies:\n  - esbuild\n" };
  expect(projects({ ...files, "lib/package.json": pkg("lib") })).toMatchObject([{ root: ".", tags: ["node", "pnpm"] }]);
});

test("where no workspace is, the topmost package is a project and the ones inside it are none", () => {
  expect(
    named({
      "web/package.json": pkg("web"),
      "web/example/package.json": pkg("example"),
      "site/package.json": pkg("site"),
      "tests/fixtures/a/package.json": "{",
      ".github/actions/x/package.json": pkg("x"),
    }),
  ).toEqual(["site site", "web web"]);
});

test("a package inside a package of Python is data of that one, unless somebody names it", () => {
  const files = {
    "pyproject.toml": "",
    "app/__init__.py": "",
    "app/static/web/package.json": pkg("web"),
    "app/docs/package.json": pkg("docs"),
    "front/package.json": pkg("front"),
  };
  expect(named(files)).toEqual(["front front"]);
  expect(named(files, { include: ["app/docs"] })).toEqual(["docs app/docs", "front front"]);
});

test("a workspace below a package that has none is found", () => {
  const files = {
    "package.json": pkg("tools"),
    "front/package.json": WORKSPACE,
    "front/packages/a/package.json": pkg("a"),
  };
  expect(named(files)).toEqual(["tools .", "shop front", "a front/packages/a"]);
});

test("include adds folders, exclude takes them away", () => {
  const files = {
    "package.json": WORKSPACE,
    "packages/a/package.json": pkg("a"),
    "packages/b/package.json": "{",
    "tools/cli/package.json": pkg("cli"),
  };
  const given = { include: ["tools/*"], exclude: ["packages/b"] };
  expect(named(files, given)).toEqual(["shop .", "a packages/a", "cli tools/cli"]);
});

test.each([
  ["dependencies", "*"],
  ["devDependencies", "^1.0.0"],
  ["peerDependencies", ">=1"],
  ["optionalDependencies", "workspace:*"],
  ["dependencies", "workspace:^"],
  ["dependencies", "workspace:../core"],
  ["dependencies", "file:../core"],
  ["dependencies", "link:../core"],
  ["dependencies", "portal:../core"],
])("a package named in %s as %s is an edge", (kind, range) => {
  const files = {
    "package.json": WORKSPACE,
    "packages/core/package.json": pkg("core"),
    "packages/web/package.json": pkg("web", { [kind]: { core: range } }),
  };
  expect(edges(files)).toEqual(["packages/web -> packages/core"]);
});

test("a package under another name is an edge, too", () => {
  const files = {
    "package.json": WORKSPACE,
    "packages/core/package.json": pkg("@shop/core"),
    "packages/web/package.json": pkg("web", { dependencies: { kernel: "workspace:@shop/core@*" } }),
  };
  expect(edges(files)).toEqual(["packages/web -> packages/core"]);
});

test.each(["^2.0.0", "npm:core@1.0.0", "file:../../elsewhere", "file:/core"])("core as %s is no edge", (range) => {
  const files = {
    "package.json": WORKSPACE,
    "packages/core/package.json": pkg("core"),
    "packages/web/package.json": pkg("web", { dependencies: { core: range } }),
  };
  expect(edges(files)).toEqual([]);
});

test("an edge says where it comes from", () => {
  const files = {
    "package.json": WORKSPACE,
    "packages/core/package.json": pkg("core"),
    "packages/web/package.json": pkg("web", { devDependencies: { core: "*" } }),
  };
  expect(projects(files)[2]?.dependsOn).toEqual([
    { root: "packages/core", because: "`core` in its devDependencies (package.json)" },
  ]);
});

test("a name means a package of the same workspace only", () => {
  const files = {
    "one/package.json": pkg("one", { workspaces: ["*"] }),
    "one/core/package.json": pkg("core"),
    "two/package.json": pkg("two", { workspaces: ["*"] }),
    "two/web/package.json": pkg("web", { dependencies: { core: "*" } }),
  };
  expect(edges(files)).toEqual([]);
});

test.each<[Texts, readonly string[]]>([
  [
    { "package.json": pkg("a", { packageManager: "yarn@4.1.0" }), "package-lock.json": "{}" },
    ["node", "yarn", "yarn-berry"],
  ],
  [{ "package.json": pkg("a", { packageManager: "yarn@1.22.22" }) }, ["node", "yarn"]],
  [{ "package.json": pkg("a"), "yarn.lock": "", ".yarnrc.yml": "" }, ["node", "yarn", "yarn-berry"]],
  [{ "package.json": pkg("a"), "yarn.lock": "" }, ["node", "yarn"]],
  [{ "package.json": pkg("a"), "pnpm-lock.yaml": "" }, ["node", "pnpm"]],
  [{ "package.json": pkg("a"), "bun.lock": "" }, ["node", "bun"]],
  [{ "package.json": pkg("a") }, ["node", "npm"]],
])("the tags say which package manager: %j", (files, tags) => {
  expect(projects(files)[0]?.tags).toEqual(tags);
});

test("the locks of a package are those beside it and beside its workspace's root, whether they are there or not", () => {
  const files = { "package.json": WORKSPACE, "packages/a/package.json": pkg("a") };
  expect(projects(files)[1]?.locks).toEqual(
    expect.arrayContaining(["packages/a/pnpm-lock.yaml", "yarn.lock", "bun.lockb"]),
  );
});

test("every broken manifest of a project is told of, and none of what is no project", () => {
  const result = discover({
    "package.json": WORKSPACE,
    "packages/a/package.json": '{ "name": }',
    "packages/b/package.json": "nothing",
    "examples/c/package.json": "nothing",
  });
  expect(result.ok ? [] : result.error.map(({ code, location }) => [code, location?.file, location?.column])).toEqual([
    ["SYM7201", "packages/a/package.json", 11],
    ["SYM7201", "packages/b/package.json", 1],
  ]);
});

test("what is of a wrong type in a manifest says nothing", () => {
  const files = {
    "package.json": '{ "name": 3, "scripts": [], "dependencies": { "a": 1 }, "workspaces": "x", "config": null }',
  };
  expect(named(files)).toEqual(["root ."]);
});
