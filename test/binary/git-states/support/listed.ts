import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { tell, type TellOptions } from "../../../support/recall-rig.ts";
import type { Summary } from "../../../support/record.ts";
import { createRepository, type Files, type TestRepository } from "../../../support/repository.ts";
import { listSources } from "./list.mjs";

/** The projects of a listed repository that are checked out. */
const PROJECTS = ["a", "b"];

/** A repository with the projects `a` and `b`, in each of which a build lists names, modes and bytes of all that is in `src`. */
export function createListedRepository(files: Files = {}): TestRepository {
  return createRepository({ ...LISTED, ...files });
}

/** What such a repository begins with. */
const LISTED: Files = {
  ".gitignore": "dist/\n",
  "package.json": '{ "workspaces": ["a", "b"] }\n',
  "list.mjs": readFileSync(new URL("./list.mjs", import.meta.url), "utf8"),
  "symbiotic.config.ts":
    'export default { atoms: { list: { command: ["node", "../list.mjs"], inputs: ["src"], outputs: ["dist"], only: ["./a", "./b"] } }, disable: ["python", "ruff", "pytest"] };\n',
  ...Object.fromEntries(PROJECTS.flatMap((name) => filesOf(name))),
};

function filesOf(name: string): [path: string, text: string][] {
  return [
    [`${name}/package.json`, `{ "name": "${name}" }\n`],
    [`${name}/src/one.txt`, `${name} one\n`],
    [`${name}/src/two.txt`, `${name} two\n`],
    [`${name}/src/deep/three.txt`, `${name} three\n`],
  ];
}

/** How each build ended: `hit` or `miss` by project. Each has listed what really lies there, or this throws. */
export async function list(repository: TestRepository, options: TellOptions = {}): Promise<Record<string, string>> {
  const { exitCode, stdout, stderr } = await tell(repository, { args: ["run", "list", "--json"], ...options });
  expect(stderr).not.toContain("SYM");
  expect(exitCode, stderr).toBe(0);
  const { tasks } = JSON.parse(stdout) as Summary;
  const projects = PROJECTS.filter((name) => existsSync(join(repository.root, name, "package.json")));
  for (const name of projects) {
    const made: unknown = JSON.parse(repository.read(`${name}/dist/all.json`));
    expect(made, `what is listed in ${name}`).toEqual(listSources(join(repository.root, name)));
  }
  return Object.fromEntries(tasks.map(({ id, cache }) => [id.replace(":list", ""), cache]));
}

/** A change, and the projects whose sources are then as they never were. */
export interface Change {
  readonly name: string;
  readonly change: (repository: TestRepository) => void;
  readonly missed: readonly string[];
  readonly options?: TellOptions;
}

/** After each change exactly those builds run that it concerns, and a second run after it runs none. */
export async function takeChanges(
  repository: TestRepository,
  changes: readonly Change[],
  shared: TellOptions = {},
): Promise<void> {
  await list(repository, shared);
  await expectAllKnown(repository, "at first", shared);
  for (const { name, change, missed, options } of changes) {
    const all = { ...shared, ...options };
    change(repository);
    const ended = await list(repository, all);
    expect(
      Object.keys(ended).filter((project) => ended[project] !== "hit"),
      name,
    ).toEqual(missed);
    await expectAllKnown(repository, name, all);
  }
  // The runs before have looked it up; this one may be told from a snapshot.
  await expectAllKnown(repository, "at last", shared);
}

async function expectAllKnown(repository: TestRepository, name: string, options: TellOptions): Promise<void> {
  const ended = await list(repository, options);
  expect(Object.values(ended), `${name}, unchanged`).not.toContain("miss");
}

/** Edits a file of `a`; adds one to `b` and deletes one there. */
export const EDITS: readonly Change[] = [
  { name: "an edit in a", change: (r) => r.write({ "a/src/deep/three.txt": "a 33333\n" }), missed: ["a"] },
  {
    name: "a new file in b and a deleted one",
    change: (r) => {
      r.write({ "b/src/new.txt": "new\n" });
      r.remove("b/src/two.txt");
    },
    missed: ["b"],
  },
];
