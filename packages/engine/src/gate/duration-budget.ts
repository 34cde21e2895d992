import type { GateDecided, GateOfProject } from "../core/event.ts";
import { byCodeUnit } from "../core/json.ts";
import type { GateSetting } from "../config/schema.ts";
import { settingIn } from "./decide.ts";

/** What the configuration calls the gate. */
export const DURATION_BUDGET = "duration_budget";

/** How long a task took: now, or for a hit when it ran. */
export interface TimedTask {
  readonly project: string;
  readonly ms: number;
}

/**
 * Whether the tasks of each project took no longer together than the configuration allows, in seconds; undefined where it
 * allows no number. A hit counts as long as it took when it ran, so that a cached run has the verdict of the run before. Pure.
 */
export function decideDuration(tasks: readonly TimedTask[], setting: GateSetting | undefined): GateDecided | undefined {
  const names = [...new Set(tasks.map(({ project }) => project))].sort(byCodeUnit);
  const projects = names.flatMap((project) => ofProject(project, tasks, settingIn(setting, project)));
  if (projects.length === 0) return undefined;
  const counting = projects.filter(({ required }) => required);
  const slowest = Math.max(...projects.map(({ ms }) => ms));
  return {
    type: "gate-decided",
    id: DURATION_BUDGET,
    gate: "duration",
    measured: projects.length === 1 ? seconds(slowest) : `${seconds(slowest)} the slowest`,
    wanted: [...new Set(projects.map(({ allowed }) => `at most ${String(allowed)} s`))].join(", "),
    verdict: (counting.length > 0 ? counting : projects).some(({ verdict }) => verdict === "fail") ? "fail" : "pass",
    required: counting.length > 0,
    projects: projects.map(({ project, measured, verdict, required }) => ({ project, measured, verdict, required })),
  };
}

interface Budgeted extends GateOfProject {
  readonly ms: number;
  readonly allowed: number;
}

function ofProject(project: string, tasks: readonly TimedTask[], setting: GateSetting): Budgeted[] {
  const { threshold: allowed, required = true } = setting;
  if (allowed === undefined) return [];
  const ms = tasks.reduce((sum, task) => (task.project === project ? sum + task.ms : sum), 0);
  return [{ project, ms, allowed, required, measured: seconds(ms), verdict: ms <= allowed * 1000 ? "pass" : "fail" }];
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
