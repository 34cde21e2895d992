import { expect, test } from "vitest";
import { sampleAtom, samplePlugin, sampleWorkspace } from "../../test/support/sample-tasks.ts";
import type { Atom } from "../plugin/atom.ts";
import { indexAtoms } from "./atom-index.ts";
import { bindTasks } from "./bind.ts";
import type { Task } from "./task.ts";

const workspace = sampleWorkspace({ core: [], api: ["core"], docs: [] });

test("an atom is bound to each project, with what it depends on in the same one and upstream", () => {
  const tasks = bind({ run_tests: { dependsOn: ["build", "^build"] }, build: {} }, "run_tests", ["api"]);
  expect(tasks.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ["api:run_tests", ["api:build", "core:build"]],
    ["api:build", []],
    ["core:build", []],
  ]);
});

test("where an atom has nothing to do there is no task, and nobody waits for one", () => {
  const tasks = bind(
    { run_tests: { dependsOn: ["build"] }, build: { applies: ({ project }) => project.name === "core" } },
    "run_tests",
    ["api", "core"],
  );
  expect(tasks.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ["api:run_tests", []],
    ["core:run_tests", ["core:build"]],
    ["core:build", []],
  ]);
});

test("an atom that says why it has nothing to do is a task that is skipped", () => {
  const [task] = bind({ lint: { applies: () => ({ skipped: "generated code" }) } }, "lint", ["docs"]);
  expect(task).toMatchObject({ id: "docs:lint", skipped: "generated code" });
});

test("an atom whose `applies` throws is a task that is broken, and others are not", () => {
  const tasks = bind(
    {
      lint: {
        applies: ({ project }) => {
          if (project.name === "api") throw new Error("no idea");
          return true;
        },
      },
    },
    "lint",
    ["api", "docs"],
  );
  expect(tasks.map(({ id, broken }) => [id, broken?.code, broken?.message])).toEqual([
    ["api:lint", "SYM4009", "api:lint: applies threw: no idea"],
    ["docs:lint", undefined, undefined],
  ]);
});

test("a cycle is bound, to be named later", () => {
  const tasks = bind({ a: { dependsOn: ["b"] }, b: { dependsOn: ["a"] } }, "a", ["docs"]);
  expect(tasks.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
    ["docs:a", ["docs:b"]],
    ["docs:b", ["docs:a"]],
  ]);
});

function bind(
  atoms: Readonly<Record<string, Partial<Atom>>>,
  wanted: string,
  projects: readonly string[],
): readonly Task[] {
  const plugin = samplePlugin("sample", {
    atoms: Object.fromEntries(Object.entries(atoms).map(([id, more]) => [id, sampleAtom(more)])),
  });
  const index = indexAtoms([plugin], {});
  const bound = index.ok
    ? bindTasks([{ atom: wanted }], new Set(projects), {
        index: index.value,
        workspace,
        facts: () => ({ ok: true, value: null }),
      })
    : index;
  if (!bound.ok) throw new Error(bound.error.map(({ message }) => message).join("\n"));
  return bound.value;
}
