import { expect, test } from "vitest";
import { sampleAtom, samplePlugin, sampleTask, sampleWorkspace } from "../../test/support/sample-tasks.ts";
import type { Atom } from "../plugin/atom.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { affectedTasks } from "./affected.ts";
import { createTaskGraph } from "./task-graph.ts";
import type { Task } from "./task.ts";

const workspace = sampleWorkspace({ core: [], api: ["core"], docs: [] }, ["core/a.py", "api/b.py", "docs/c.py"]);

test("a task is affected by its own inputs, and by upstream files where it declares them", () => {
  const lint = tasksOf("lint", { inputs: () => ({ files: ["**/*.py"] }) });
  const tests = tasksOf("test", { inputs: () => ({ files: ["**/*.py"], upstreamFiles: ["**/*.py"] }) });
  expect(affected([...lint, ...tests], ["core/new.py"])).toEqual({
    "core:lint": "core/new.py changed",
    "core:test": "core/new.py changed",
    "api:test": "depends on core",
  });
});

test("a path counts whether it exists or not, and one that no glob means does not count", () => {
  const lint = tasksOf("lint", { inputs: () => ({ files: ["**/*.py", "!gone.py"] }) });
  expect(affected(lint, ["docs/deleted.py"])).toEqual({ "docs:lint": "docs/deleted.py changed" });
  expect(affected(lint, ["docs/README.md", "docs/gone.py", "elsewhere/a.py"])).toEqual({});
});

test("configuration above the project, repository files, literal paths and manifests count", () => {
  const atom = { inputs: () => ({ configs: ["tool.toml"], repositoryFiles: ["*.lock"], literal: [".env"] }) };
  for (const path of ["tool.toml", "docs/tool.toml", "uv.lock", ".env", "docs/project.json"]) {
    expect(affected(tasksOf("lint", atom), [path])).toHaveProperty("docs:lint", `${path} changed`);
  }
  expect(affected(tasksOf("lint", atom), ["api/tool.toml"])).not.toHaveProperty("docs:lint");
});

test("files that the plugin's facts come from count", () => {
  const plugin = samplePlugin("sample", {
    inspect: { texts: ["settings.ini"], facts: () => ({ ok: true, value: null }) },
  });
  const [task] = tasksOf("lint", {}, ["docs"]);
  expect(affected([{ ...task!, plugin }], ["settings.ini"])).toEqual({ "docs:lint": "settings.ini changed" });
});

test("what waits for an affected task is affected; what it waits for is not", () => {
  const tasks = [
    sampleTask("core:first"),
    sampleTask("core:second", ["core:first"]),
    sampleTask("core:third", ["core:second"]),
  ].map((task) => ({ ...task, atom: sampleAtom({ inputs: () => ({ files: [`${task.atomId}.py`] }) }) }));
  expect(affected(tasks, ["core/second.py"])).toEqual({
    "core:second": "core/second.py changed",
    "core:third": "waits for core:second",
  });
});

test("a path on which everything depends affects everything", () => {
  expect(Object.keys(affected(tasksOf("lint", {}), ["symbiotic.config.ts"]))).toHaveLength(3);
});

function tasksOf(atomId: string, more: Partial<Atom>, names: readonly string[] = ["api", "core", "docs"]): Task[] {
  return names.flatMap((name) => {
    const project = workspace.project(name);
    return project === undefined
      ? []
      : [
          sampleTask(`${name}:${atomId}`, [], {
            project,
            atom: sampleAtom(more),
            context: { options: null, facts: null, project, upstream: workspace.upstream(project) },
          }),
        ];
  });
}

function affected(
  tasks: readonly Task[],
  changed: readonly string[],
  within: Workspace = workspace,
): Record<string, string> {
  const graph = createTaskGraph(tasks);
  if (!graph.ok) throw new Error("the tasks make a cycle");
  const reasons = affectedTasks(graph.value, changed, {
    workspace: within,
    everything: new Set(["symbiotic.config.ts"]),
  });
  return Object.fromEntries([...reasons.values()].map(({ task, because }) => [task, because]));
}
