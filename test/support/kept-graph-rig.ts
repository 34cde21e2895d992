import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSnapshot, encodeSnapshot } from "../../packages/engine/src/snapshot/format.ts";
import { start } from "./recall-rig.ts";
import { eventsOf, eventsOfType } from "./record.ts";
import { createRepository, linkPackages, type Files, type TestRepository } from "./repository.ts";

/** What a run with `--affected` was about. */
export interface Planned {
  /** Whether its projects were not looked for: they were kept from an earlier run. */
  readonly isKept: boolean;
  readonly exitCode: number | null;
  /** What it told before its tasks. */
  readonly told: readonly object[];
  readonly output: string;
}

const COMMAND = ["run", "all", "--affected", "--base", "main"];

const CONFIG = `import { node } from "@symbiotic-build/plugin-node";

export default {
  plugins: [node({ scripts: { lint: { inputs: ["src/**"] } } })],
  disable: ["python", "ruff", "pytest"],
  globalInputs: ["shared/**"],
  targets: { all: ["build", "lint", "size"] },
  atoms: {
    build: { command: "mkdir -p dist && cat src/* > dist/out.txt", inputs: ["src/**"], outputs: ["dist"], dependsOn: ["^build"] },
    size: { command: "wc -c dist/out.txt", inputs: [], dependsOn: ["build"] },
  },
};
`;

/** Three packages, of which `web` needs `core`, on a branch of which nothing is committed. */
export function createPackages(more: Files = {}): TestRepository {
  const repository = createRepository({
    ".gitignore": "dist/\nnode_modules\n",
    "package.json": manifest({ name: "all", workspaces: ["packages/*"] }),
    "symbiotic.config.ts": CONFIG,
    "shared/words.txt": "one\n",
    "README.md": "# All\n",
    ...packageOf("core", {}),
    ...packageOf("web", { core: "workspace:*" }),
    ...packageOf("docs", {}),
    ...more,
  });
  linkPackages(repository.root);
  repository.git("switch", "--quiet", "--create", "topic");
  return repository;
}

/** The files of a package. */
export function packageOf(name: string, dependencies: Readonly<Record<string, string>>): Files {
  return {
    [`packages/${name}/package.json`]: manifest({ name, scripts: { lint: "true" }, dependencies }),
    [`packages/${name}/src/a.txt`]: `${name} a\n`,
    [`packages/${name}/src/b.txt`]: `${name} b\n`,
  };
}

function manifest(value: object): string {
  return `${JSON.stringify({ version: "1.0.0", private: true, ...value }, undefined, 2)}\n`;
}

/** Runs what a change reaches. Where a project graph is kept, a project is put into it that is nowhere else: who sees it has used it. */
export async function planned(repository: TestRepository, args: readonly string[] = COMMAND): Promise<Planned> {
  for (const file of graphsOf(repository)) haunt(file);
  const { exitCode, stdout, stderr } = await start(repository, { args }).ended;
  const output = stdout + stderr;
  const events = eventsOf(repository);
  const [started] = eventsOfType(events, "run-started");
  const kept = readdirSync(join(repository.root, "packages")).length + 2;
  return {
    isKept: started?.projects === kept,
    exitCode,
    told: [
      { comparison: started?.comparison, changed: started?.changed },
      ...eventsOfType(events, "project-affected"),
      ...eventsOfType(events, "plan-ready"),
    ],
    output,
  };
}

/** The same without any project graph of an earlier run. */
export function plannedAnew(repository: TestRepository, args?: readonly string[]): Promise<Planned> {
  for (const file of graphsOf(repository)) rmSync(file);
  return planned(repository, args);
}

/** The files in which project graphs are kept. */
export function graphsOf({ root }: TestRepository): readonly string[] {
  const folder = join(root, ".git/symbiotic/graphs");
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

const GHOST = { name: "ghost", root: "ghost", manifests: [], dependsOn: [], tags: [], environments: [], nested: [] };

function haunt(file: string): void {
  const stored = decodeSnapshot(readFileSync(file));
  if (stored === undefined) return;
  const shape = JSON.parse(stored.events()) as { projects: { name: string }[] };
  const projects = [...shape.projects.filter(({ name }) => name !== GHOST.name), GHOST];
  writeFileSync(file, encodeSnapshot(stored.head, stored.seen, JSON.stringify({ ...shape, projects })));
}
