import fc from "fast-check";
import { expect, test } from "vitest";
import { sampleAtom, samplePlugin, sampleTask, sampleWorkspace } from "../../test/support/sample-tasks.ts";
import { affectedTasks } from "../graph/affected.ts";
import { createTaskGraph } from "../graph/task-graph.ts";
import type { Task } from "../graph/task.ts";
import type { Inputs } from "../plugin/atom.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { decides } from "./decisive.ts";
import { projectsReached, reachOf } from "./reach.ts";

const NAMES = ["core", "web", "docs"];

function tasksOf(
  workspace: Workspace,
  inputs: Readonly<Record<string, Inputs>>,
  waits: readonly string[] = [],
): Task[] {
  return workspace.projects.map((project) =>
    sampleTask(`${project.name}:lint`, waits.includes(project.name) ? ["docs:lint"] : [], {
      project,
      plugin: samplePlugin("t", { inspect: { texts: ["settings.ini"], facts: () => ({ ok: true, value: null }) } }),
      context: { options: null, facts: null, project, upstream: workspace.upstream(project) },
      atom: sampleAtom({ inputs: () => inputs[project.name] ?? { files: ["**/*.py"] } }),
    }),
  );
}

function reached(workspace: Workspace, tasks: readonly Task[], changed: readonly string[]): string[] | undefined {
  const found = projectsReached(changed, reachOf(tasks, workspace), workspace);
  return found && [...found].sort();
}

test("a change reaches the project that it lies in, and all that read of it or wait for it", () => {
  const workspace = sampleWorkspace({ core: [], web: ["core"], docs: [], site: ["web"] });
  const tasks = tasksOf(workspace, {});
  expect(reached(workspace, tasks, ["core/a.py"])).toEqual(["core", "site", "web"]);
  expect(reached(workspace, tasks, ["docs/README.md", "site/b.py"])).toEqual(["docs", "site"]);
  expect(reached(workspace, tasks, ["README.md"])).toEqual([]);
  expect(reached(workspace, tasksOf(workspace, {}, ["core"]), ["docs/a.py"])).toEqual(["core", "docs", "site", "web"]);
});

test("it reaches who reads files wherever they lie, by their globs", () => {
  const workspace = sampleWorkspace({ core: [], web: [], docs: [] });
  const tasks = tasksOf(workspace, { docs: { repositoryFiles: ["shared/**", "!shared/own/**"] } });
  expect(reached(workspace, tasks, ["shared/a.txt"])).toEqual(["docs"]);
  expect(reached(workspace, tasks, ["shared/own/a.txt"])).toEqual([]);
});

test("a file that tasks look for by its name, a manifest and a lock may reach anything", () => {
  const workspace = sampleWorkspace({ core: [], docs: [] });
  const tasks = tasksOf(workspace, { docs: { configs: ["tool.toml"], literal: ["etc/.env"] } });
  for (const path of ["tool.toml", "deep/tool.toml", "core/.env", "new/project.json"])
    expect(reached(workspace, tasks, [path])).toBeUndefined();
});

const path = fc.constantFrom(
  ...NAMES.flatMap((name) => [`${name}/a.py`, `${name}/deep/b.txt`, `${name}/project.json`, `${name}/settings.ini`]),
  ...["shared/a.txt", "tool.toml", "core/tool.toml", ".env", "settings.ini", "a.py", "symbiotic.config.ts"],
);
const inputs: fc.Arbitrary<Inputs> = fc.record(
  {
    files: fc.constantFrom(["**/*.py"], ["**"], ["**", "!deep/**"]),
    upstreamFiles: fc.constantFrom(["**/*.py"], ["deep/**"]),
    repositoryFiles: fc.constantFrom(["shared/**"], ["**/*.txt", "!shared/**"], ["**"]),
    configs: fc.constantFrom(["tool.toml"]),
    literal: fc.constantFrom([".env"], ["core/a.py"]),
  },
  { requiredKeys: [] },
);

test("no task is affected whose project is not reached, whatever tasks read and wait for", () => {
  const everything = new Set(["symbiotic.config.ts"]);
  fc.assert(
    fc.property(
      fc.record({
        edges: fc.record({ web: fc.subarray(["core"]), docs: fc.subarray(["core", "web"]) }),
        inputs: fc.record({ core: inputs, web: inputs, docs: inputs }),
        waits: fc.subarray(["core", "web"]),
        changed: fc.uniqueArray(path, { minLength: 1, maxLength: 3 }),
      }),
      ({ edges, inputs: read, waits, changed }) => {
        const workspace = sampleWorkspace({ core: [], ...edges });
        const tasks = tasksOf(workspace, read, waits);
        const graph = createTaskGraph(tasks);
        if (!graph.ok) throw new Error("a cycle");
        const affected = [...affectedTasks(graph.value, changed, { workspace, everything }).values()];
        const isDecisive = decides({ plugins: tasks.map(({ plugin }) => plugin), everything });
        const found = changed.some(isDecisive) ? undefined : reached(workspace, tasks, changed);
        if (found !== undefined) expect(found).toEqual(expect.arrayContaining(affected.map(({ project }) => project)));
      },
    ),
    { numRuns: 1000 },
  );
});
