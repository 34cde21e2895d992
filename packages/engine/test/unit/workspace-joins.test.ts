import { expect, test } from "vitest";
import type { FoundProject } from "../../src/plugin/project.ts";
import { createWorkspace } from "../../src/workspace/workspace.ts";

function found(root: string, name: string, ...dependsOn: readonly string[]): FoundProject {
  return {
    name,
    root,
    manifests: [],
    tags: [],
    environments: [],
    dependsOn: dependsOn.map((to) => ({ root: to, because: "t" })),
  };
}

test("the folders inside a project that belong to others are all those below it, however deep, and none beside it", () => {
  const { projects } = createWorkspace(
    [found("b/c/d", "d"), found(".", "root"), found("b", "b"), found("bc", "bc"), found("b/c-e", "e")],
    [],
  );
  expect(Object.fromEntries(projects.map(({ root, nested }) => [root, nested]))).toEqual({
    ".": ["b", "b/c-e", "b/c/d", "bc"],
    b: ["b/c-e", "b/c/d"],
    bc: [],
    "b/c-e": [],
    "b/c/d": [],
  });
});
