import type { GateDecided, GateOfProject } from "../core/event.ts";
import { byCodeUnit } from "../core/json.ts";
import type { GateSetting } from "../config/schema.ts";
import { settingIn } from "./decide.ts";

/** What the configuration calls the gate. */
export const SECURITY = "no_new_security_finding";

/** What a check of the lane `security` left. */
export interface SecurityCheck {
  readonly project: string;
  /** What people call it: `bandit`. */
  readonly title: string;
  /** Whether a gate of the check's own counts. */
  readonly isRequired: boolean;
  /** The fingerprints of its errors that are not in the baseline; undefined where it left no evidence. */
  readonly severe: readonly string[] | undefined;
  /** What it found at the base, where that was asked; `unknown` where it left nothing there. */
  readonly before?: ReadonlySet<string> | "unknown";
  /** Why it may have found less than it would have at the base. */
  readonly altered?: string;
}

/**
 * Whether checks for security found nothing severe that the base did not have: whatever their own gates allow. Undefined where no such
 * check was selected. Pure.
 */
export function decideSecurity(
  checks: readonly SecurityCheck[],
  setting: GateSetting | undefined,
): GateDecided | undefined {
  if (checks.length === 0) return undefined;
  const names = [...new Set(checks.map(({ project }) => project))].sort(byCodeUnit);
  const projects = names.map((project) =>
    inProject(
      project,
      checks.filter((check) => check.project === project),
      settingIn(setting, project),
    ),
  );
  const required = projects.some(({ part }) => part.required);
  const counting = projects.flatMap(({ part }) => (part.required === required ? [part] : []));
  const found = projects.reduce((sum, each) => sum + each.count, 0);
  const notes = [...new Set(counting.flatMap(({ note }) => note ?? []))];
  return {
    type: "gate-decided",
    id: SECURITY,
    gate: "security",
    measured: `${String(found)} severe`,
    wanted: [...new Set(projects.map(({ allowed }) => wanted(allowed)))].join(", "),
    verdict: (["fail", "hold"] as const).find((each) => counting.some(({ verdict }) => verdict === each)) ?? "pass",
    required,
    ...(notes.length === 0 ? {} : { note: notes.join("; ") }),
    projects: projects.map(({ part }) => part),
  };
}

interface Counted {
  readonly part: GateOfProject;
  readonly count: number;
  readonly allowed: number;
}

function inProject(
  project: string,
  checks: readonly SecurityCheck[],
  { threshold: allowed = 0, required }: Omit<GateSetting, "projects">,
): Counted {
  const fresh = (check: SecurityCheck): readonly string[] => {
    const { severe = [], before } = check;
    return before instanceof Set ? severe.filter((fingerprint) => !before.has(fingerprint)) : severe;
  };
  const found = checks.flatMap(fresh);
  const certain = checks.filter(({ before }) => before !== "unknown").flatMap(fresh);
  const unsure = checks.flatMap(whyUnsure);
  const part: GateOfProject = {
    project,
    measured: `${String(found.length)} severe`,
    verdict: certain.length > allowed ? "fail" : unsure.length > 0 ? "hold" : "pass",
    required: required ?? checks.some(({ isRequired }) => isRequired),
    ...(unsure.length === 0 ? {} : { note: unsure.join("; ") }),
    ...(found.length === 0 ? {} : { findings: found }),
  };
  return { part, count: found.length, allowed };
}

function whyUnsure({ title, severe, before, altered }: SecurityCheck): readonly string[] {
  if (severe === undefined) return [`${title} left no evidence`];
  if (altered !== undefined) return [`${title}: ${altered}`];
  return before === "unknown" ? [`${title} left nothing at the base to tell new from old`] : [];
}

function wanted(allowed: number): string {
  return allowed === 0 ? "none new" : `at most ${String(allowed)} new`;
}
