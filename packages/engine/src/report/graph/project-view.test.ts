import { describe, expect, test } from "vitest";
import { projectView } from "./project-view.ts";

const projects = (...names: readonly string[]) => names.map((name) => ({ name, root: `libs/${name}` }));
const edge = (from: string, to: string) => ({ from, to, because: `${from} needs ${to}` });
const levels = (view: ReturnType<typeof projectView>) =>
  Object.fromEntries(view.nodes.map(({ project, level }) => [project, level]));

describe("project view", () => {
  test("gives each project a level above all that it depends on, and keeps the reasons", () => {
    const view = projectView({
      projects: projects("app", "core", "ui"),
      edges: [edge("app", "ui"), edge("ui", "core")],
    });
    expect(levels(view)).toEqual({ core: 0, ui: 1, app: 2 });
    expect(view.levels).toBe(3);
    expect(view.criticalPath.ids).toEqual(["core", "ui", "app"]);
    expect(view.nodes.at(-1)?.dependsOn).toEqual([{ id: "ui", because: "app needs ui" }]);
  });

  test("draws projects that depend on each other in a circle", () => {
    const view = projectView({
      projects: projects("a", "b", "c", "d"),
      edges: [edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("d", "a"), edge("a", "a")],
    });
    expect(levels(view)).toEqual({ c: 0, b: 1, a: 2, d: 3 });
    expect(view.nodes.find(({ project }) => project === "c")?.dependsOn).toEqual([{ id: "a", because: "c needs a" }]);
  });

  test("passes over edges to projects that a filter left out", () => {
    const view = projectView({ projects: projects("app"), edges: [edge("app", "core"), edge("core", "app")] });
    expect(view.nodes).toMatchObject([{ project: "app", level: 0, dependsOn: [] }]);
  });

  test("follows a chain of ten thousand projects", () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `p${String(index)}`);
    const edges = names.slice(1).map((name, index) => edge(names[index] ?? "", name));
    expect(projectView({ projects: projects(...names), edges }).levels).toBe(10_000);
  });

  test("names a project by an id that every format takes", () => {
    const [node] = projectView({ projects: projects('a "b"'), edges: [] }).nodes;
    expect(node).toMatchObject({ id: "a%20%22b%22", project: 'a "b"' });
  });
});
