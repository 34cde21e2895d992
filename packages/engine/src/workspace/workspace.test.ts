import { expect, test } from "vitest";
import { samplePlugin, sampleProject } from "../../test/support/sample-tasks.ts";
import { ok } from "../core/result.ts";
import type { FoundProject } from "../plugin/project.ts";
import { createWorkspace, discover } from "./workspace.ts";

test("a file belongs to the nearest project above it, whether it exists or not", () => {
  const workspace = createWorkspace(
    [found("root", "."), found("api", "api"), found("inner", "api/vendor/inner")],
    ["README.md", "api/a.py", "api/vendor/inner/b.py"],
  );
  expect(
    ["README.md", "api/gone.py", "api/vendor/c.py", "api/vendor/inner/x/y.py", "apixel/a.py"].map(
      (path) => workspace.owner(path)?.name,
    ),
  ).toEqual(["root", "api", "api", "inner", "root"]);
  expect(workspace.filesOf(workspace.project("api")!)).toEqual(["api/a.py"]);
  expect(workspace.project("root")?.nested).toEqual(["api", "api/vendor/inner"]);
});

test("without a project at the root, a file there belongs to nobody", () => {
  expect(createWorkspace([found("api", "api")], []).owner("README.md")).toBeUndefined();
});

test("projects of one name are called by their folders", () => {
  const workspace = createWorkspace(
    [found("lib", "one"), found("Lib", "two"), found("app", "app", ["one", "two"])],
    [],
  );
  expect(workspace.projects.map(({ name, dependsOn }) => [name, dependsOn])).toEqual([
    ["app", ["one", "two"]],
    ["one", []],
    ["two", []],
  ]);
});

test("upstream is transitive, nearest first, each once, and without the project itself in a cycle", () => {
  const workspace = createWorkspace(
    [found("a", "a", ["b", "c"]), found("b", "b", ["d"]), found("c", "c", ["d"]), found("d", "d", ["a"])],
    [],
  );
  expect(workspace.upstream(workspace.project("a")!).map(({ name }) => name)).toEqual(["b", "c", "d"]);
});

test("an edge to nowhere or to itself is none; of several to one project the first counts", () => {
  const twice = {
    ...found("a", "a"),
    dependsOn: [
      { root: "b", because: "one" },
      { root: "b", because: "two" },
      { root: "a", because: "self" },
      { root: "gone", because: "?" },
    ],
  };
  expect(createWorkspace([twice, found("b", "b")], []).edges).toEqual([{ from: "a", to: "b", because: "one" }]);
});

test("what two plugins find in one folder is one project; excluded folders are none", () => {
  const finds = (name: string, file: string): ReturnType<typeof samplePlugin> =>
    samplePlugin(name, {
      discovery: {
        files: [`**/${file}`],
        projects: ({ files }) =>
          ok(
            files.map(({ path }) => ({
              ...found("x", path.slice(0, path.lastIndexOf("/"))),
              manifests: [path],
              tags: [name],
            })),
          ),
      },
    });
  const workspace = discover({
    plugins: [finds("python", "pyproject.toml"), finds("node", "package.json")],
    files: ["app/package.json", "app/pyproject.toml", "fixtures/app/package.json"],
    texts: { root: "/nowhere", text: () => "", source: (path: string) => ({ path, text: "" }) } as never,
    exclude: ["fixtures/**"],
  });
  expect(workspace.ok && workspace.value.projects).toMatchObject([
    { name: "x", root: "app", manifests: ["app/pyproject.toml", "app/package.json"], tags: ["python", "node"] },
  ]);
});

function found(name: string, root: string, dependsOn: readonly string[] = []): FoundProject {
  return { ...sampleProject(name), root, dependsOn: dependsOn.map((to) => ({ root: to, because: "test" })) };
}
