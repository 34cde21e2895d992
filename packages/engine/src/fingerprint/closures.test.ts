import fc from "fast-check";
import { expect, test } from "vitest";
import type { Project } from "../plugin/project.ts";
import { createWorkspace } from "../workspace/workspace.ts";
import { createClosureDigests } from "./closures.ts";

/** Projects `p0`, `p1`, ... with these edges. */
function workspaceOf(edges: readonly (readonly [from: number, to: number])[], count: number) {
  return createWorkspace(
    Array.from({ length: count }, (_, at) => ({
      name: `p${String(at)}`,
      root: `p${String(at)}`,
      manifests: [],
      tags: [],
      environments: [],
      dependsOn: edges.filter(([from]) => from === at).map(([, to]) => ({ root: `p${String(to)}`, because: "" })),
    })),
    [],
  );
}

const GRAPH = fc.integer({ min: 1, max: 8 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    edges: fc.array(fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.integer({ min: 0, max: count - 1 })), {
      maxLength: 16,
    }),
    changed: fc.integer({ min: 0, max: count - 1 }),
  }),
);

test("a closure changes exactly where something that is reached changes, circles included", () => {
  fc.assert(
    fc.property(GRAPH, ({ count, edges, changed }) => {
      const workspace = workspaceOf(edges, count);
      const before = createClosureDigests(workspace, ({ name }) => name);
      const after = createClosureDigests(workspace, ({ name }) => (name === `p${String(changed)}` ? "changed" : name));
      const reaches = (project: Project): boolean =>
        [project, ...workspace.upstream(project)].some(({ name }) => name === `p${String(changed)}`);
      for (const project of workspace.projects)
        expect(after(project.name) !== before(project.name)).toBe(reaches(project));
    }),
  );
});

test("a chain of ten thousand projects has a closure each", () => {
  const edges = Array.from({ length: 9_999 }, (_, at) => [at, at + 1] as const);
  const workspace = workspaceOf(edges, 10_000);
  const digest = createClosureDigests(workspace, ({ name }) => name);
  expect(new Set(workspace.projects.map(({ name }) => digest(name))).size).toBe(10_000);
});
