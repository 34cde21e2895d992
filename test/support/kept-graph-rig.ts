import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeSnapshot, encodeSnapshot } from "../../packages/engine/src/snapshot/format.ts";
import { start } from "./recall-rig.ts";
import { eventsOf, eventsOfType } from "./record.ts";
import { graphsOf } from "./packages-repository.ts";
import type { TestRepository } from "./repository.ts";

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

const GHOST = { name: "ghost", root: "ghost", manifests: [], dependsOn: [], tags: [], environments: [], nested: [] };

function haunt(file: string): void {
  const stored = decodeSnapshot(readFileSync(file));
  if (stored === undefined) return;
  const shape = JSON.parse(stored.events()) as { projects: { name: string }[] };
  const projects = [...shape.projects.filter(({ name }) => name !== GHOST.name), GHOST];
  writeFileSync(file, encodeSnapshot(stored.head, stored.seen, JSON.stringify({ ...shape, projects })));
}
