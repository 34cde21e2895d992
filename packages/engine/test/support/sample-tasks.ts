import * as z from "zod";
import type { Atom } from "../../src/plugin/atom.ts";
import type { Project } from "../../src/plugin/project.ts";
import type { LoadedPlugin } from "../../src/plugin/load.ts";
import { createTaskGraph } from "../../src/graph/task-graph.ts";
import type { Task, TaskGraph } from "../../src/graph/task.ts";
import { createWorkspace, type Workspace } from "../../src/workspace/workspace.ts";

/** A plugin that offers these atoms, as it is after loading. */
export function samplePlugin(name: string, spec: Partial<LoadedPlugin["spec"]> = {}): LoadedPlugin {
  return {
    name,
    spec: { api: 1, name, from: import.meta.url, options: z.unknown(), ...spec },
    options: null,
    identity: { kind: "modules", digest: name },
    ref: { kind: "module", url: import.meta.url, digest: "" },
  };
}

/** An atom that runs `true`, with what the test says of it. */
export function sampleAtom(more: Partial<Atom> = {}): Atom {
  return {
    kind: "check",
    title: "sample",
    describe: "A sample",
    inputs: () => ({ files: ["**/*.py"] }),
    command: () => ({ argv: ["true"] }),
    ...more,
  };
}

/** A project in a folder of its own name. */
export function sampleProject(name: string, more: Partial<Project> = {}): Project {
  return {
    name,
    root: name,
    manifests: [`${name}/project.json`],
    dependsOn: [],
    tags: [],
    nested: [],
    environments: [],
    ...more,
  };
}

/** Projects by name with the names that each depends on, and the repository's files. */
export function sampleWorkspace(
  edges: Readonly<Record<string, readonly string[]>>,
  files: readonly string[] = [],
): Workspace {
  const found = Object.entries(edges).map(([name, dependsOn]) => ({
    ...sampleProject(name),
    dependsOn: dependsOn.map((root) => ({ root, because: `requires ${root}` })),
  }));
  return createWorkspace(found, [...files].sort());
}

/** A task of a project of its own. */
export function sampleTask(id: string, dependsOn: readonly string[] = [], more: Partial<Task> = {}): Task {
  const [projectName = "app", atomId = id] = id.includes(":") ? id.split(":") : ["app", id];
  const project = more.project ?? sampleProject(projectName);
  return {
    id,
    atomId,
    atom: sampleAtom(),
    plugin: samplePlugin("sample"),
    project,
    context: { options: null, facts: null, project, upstream: [] },
    dependsOn,
    ...more,
  };
}

/** A graph from the ids of tasks with what each depends on: `{ a: [], b: ["a"] }`. */
export function sampleGraph(edges: Readonly<Record<string, readonly string[]>>): TaskGraph {
  const graph = createTaskGraph(Object.entries(edges).map(([id, dependsOn]) => sampleTask(id, dependsOn)));
  if (!graph.ok) throw new Error(graph.error.map(({ message }) => message).join("\n"));
  return graph.value;
}
