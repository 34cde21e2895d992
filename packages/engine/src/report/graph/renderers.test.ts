import { describe, expect, test } from "vitest";
import { viewOf } from "../../../test/report/graph-views.ts";
import { graphDot } from "./graph-dot.ts";
import { graphJson } from "./graph-json.ts";
import { graphMermaid } from "./graph-mermaid.ts";
import { graphText } from "./graph-text.ts";
import { projectView } from "./project-view.ts";

const TASKS = viewOf([
  { project: "api", atom: "lint", ms: 40 },
  { project: "core", atom: "build", ms: 2000 },
  { project: "api", atom: "build", after: [1], ms: 1500 },
]);

const PROJECTS = projectView({
  projects: [
    { name: "api", root: "libs/api" },
    { name: "core", root: "libs/core" },
  ],
  edges: [{ from: "api", to: "core", because: "requirement `core`" }],
});

describe("a graph of tasks", () => {
  test("as text has levels, gates and the critical path", () => {
    expect(graphText(TASKS)).toMatchInlineSnapshot(`
      "level 0
        api:lint_0
        core:build_1
      level 1
        api:build_2  ← core:build_1
      gates
        lint clean  ← lint
      critical path: 2 tasks, 3.5s
        core:build_1
        api:build_2"
    `);
  });

  test("as text names no critical path where no task waits for another", () => {
    expect(graphText(viewOf([{ project: "api", atom: "lint" }]))).not.toContain("critical");
    expect(graphText(viewOf([]))).toBe("no task");
  });

  test("as dot has a rank a level, bold lines along the critical path and dashed ones to gates", () => {
    expect(graphDot(TASKS)).toMatchInlineSnapshot(`
      "digraph "gates" {
        rankdir=LR;
        node [shape=box, style=rounded, fontname="Helvetica"];
        subgraph "level 0" {
          rank=same;
          "api:lint_0" [label="lint\\napi\\n40ms"];
          "core:build_1" [label="build\\ncore\\n2.0s", penwidth=2];
        }
        subgraph "level 1" {
          rank=same;
          "api:build_2" [label="build\\napi\\n1.5s", penwidth=2];
        }
        "core:build_1" -> "api:build_2" [penwidth=2];
        "gate lint_clean" [shape=diamond, style="", label="lint clean"];
        "api:lint_0" -> "gate lint_clean" [style=dashed];
      }"
    `);
  });

  test("as Mermaid has a box a level, thick lines along the critical path and dotted ones to gates", () => {
    expect(graphMermaid(TASKS)).toMatchInlineSnapshot(`
      "flowchart LR
        subgraph level0 ["level 0"]
          n0["lint<br/>api<br/>40ms"]
          n1["build<br/>core<br/>2.0s"]
        end
        subgraph level1 ["level 1"]
          n2["build<br/>api<br/>1.5s"]
        end
        n1 ==> n2
        g0{{"lint clean"}}
        n0 -.-> g0"
    `);
  });

  test("makes no edge bold that passes over a task of the critical path", () => {
    const view = viewOf([
      { project: "a", atom: "one" },
      { project: "a", atom: "two", after: [0] },
      { project: "a", atom: "three", after: [0, 1] },
    ]);
    expect(graphMermaid(view)).toContain("  n0 ==> n1\n  n0 --> n2\n  n1 ==> n2");
    expect(graphDot(view)).toContain('"a:one_0" -> "a:three_2";');
  });

  test("as JSON has all that is known of a task", () => {
    expect(graphJson(TASKS)).toMatchInlineSnapshot(`
      {
        "criticalPath": {
          "by": "history",
          "expectedMs": 3500,
          "tasks": [
            "core:build_1",
            "api:build_2",
          ],
        },
        "gates": [
          {
            "id": "lint_clean",
            "reads": [
              "lint",
            ],
            "title": "lint clean",
          },
        ],
        "levels": 2,
        "tasks": [
          {
            "affected": null,
            "atom": "lint",
            "critical": false,
            "dependsOn": [],
            "expectedMs": 40,
            "id": "api:lint_0",
            "kind": "check",
            "level": 0,
            "project": "api",
            "skipped": null,
            "title": "lint",
          },
          {
            "affected": null,
            "atom": "build",
            "critical": true,
            "dependsOn": [],
            "expectedMs": 2000,
            "id": "core:build_1",
            "kind": "check",
            "level": 0,
            "project": "core",
            "skipped": null,
            "title": "build",
          },
          {
            "affected": null,
            "atom": "build",
            "critical": true,
            "dependsOn": [
              "core:build_1",
            ],
            "expectedMs": 1500,
            "id": "api:build_2",
            "kind": "check",
            "level": 1,
            "project": "api",
            "skipped": null,
            "title": "build",
          },
        ],
      }
    `);
  });
});

describe("a graph of projects", () => {
  test("as text has levels, edges and reasons", () => {
    expect(graphText(PROJECTS)).toMatchInlineSnapshot(`
      "api   level 1
      core  level 0

      api → core  requirement \`core\`"
    `);
    expect(graphText(projectView({ projects: [], edges: [] }))).toBe("no project");
  });

  test("as dot and Mermaid has names alone", () => {
    expect(graphDot(PROJECTS)).toMatchInlineSnapshot(`
      "digraph "projects" {
        rankdir=LR;
        node [shape=box, style=rounded, fontname="Helvetica"];
        subgraph "level 0" {
          rank=same;
          "core" [label="core", penwidth=2];
        }
        subgraph "level 1" {
          rank=same;
          "api" [label="api", penwidth=2];
        }
        "core" -> "api" [penwidth=2];
      }"
    `);
    expect(graphMermaid(PROJECTS)).toMatchInlineSnapshot(`
      "flowchart LR
        subgraph level0 ["level 0"]
          n0["core"]
        end
        subgraph level1 ["level 1"]
          n1["api"]
        end
        n0 ==> n1"
    `);
  });

  test("as JSON has levels, edges and the longest way", () => {
    expect(graphJson(PROJECTS)).toMatchInlineSnapshot(`
      {
        "criticalPath": {
          "by": "count",
          "projects": [
            "core",
            "api",
          ],
        },
        "edges": [
          {
            "because": "requirement \`core\`",
            "from": "api",
            "to": "core",
          },
        ],
        "levels": 2,
        "projects": [
          {
            "level": 1,
            "name": "api",
            "root": "libs/api",
          },
          {
            "level": 0,
            "name": "core",
            "root": "libs/core",
          },
        ],
      }
    `);
  });
});
