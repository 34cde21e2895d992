import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { Missing } from "../../fingerprint/tool/find-tool.ts";
import type { FoundTool } from "../../fingerprint/tool/found-tool.ts";
import type { ToolFinder } from "../../execute/tool-finder.ts";
import type { Opened } from "../../open.ts";
import { plan } from "../../plan.ts";
import { guarded } from "../../plugin/guarded.ts";
import type { ToolSpec } from "../../plugin/tool.ts";
import type { Variables } from "../../fingerprint/variables.ts";

/** A tool as it is for the projects that ask for it. */
export interface ToolRow {
  readonly tool: string;
  readonly version: string | null;
  /** Where it was found, or where it was looked for. */
  readonly origin: string;
  readonly projects: string;
}

/** What an atom asks for in a project, and what there is. */
export interface WantedTool {
  readonly project: string;
  readonly specs: readonly ToolSpec[];
  readonly found: Result<FoundTool, Missing>;
}

/** The tools that the atoms of all plugins ask for, in the order of their tasks. */
export function wantedTools(
  opened: Opened,
  finder: ToolFinder,
  environment: Variables,
): Result<readonly WantedTool[], readonly Diagnostic[]> {
  const planned = plan(opened, { names: [...opened.index.atoms.keys()], filters: [], exclude: [], environment });
  if (!planned.ok) return planned;
  const wanted: WantedTool[] = [];
  for (const { id, atom, context, project } of planned.value.graph.order) {
    const specs = guarded(`${id}: tools`, () => atom.tools?.(context) ?? []);
    if (!specs.ok) return fail([specs.error]);
    if (specs.value.length === 0) continue;
    wanted.push({ project: project.name, specs: specs.value, found: finder.find(project, specs.value) });
  }
  return ok(wanted);
}

/** One row for each tool and place, with the projects that it is for. */
export function toolRows(wanted: readonly WantedTool[], projects: number): readonly ToolRow[] {
  const groups = new Map<string, { readonly row: Omit<ToolRow, "projects">; readonly projects: Set<string> }>();
  for (const each of wanted) {
    const row = rowOf(each);
    const key = JSON.stringify(row);
    const group = groups.get(key) ?? { row, projects: new Set() };
    group.projects.add(each.project);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ row, projects: names }) => ({
    ...row,
    projects: shownProjects([...names], projects),
  }));
}

function rowOf({ found }: WantedTool): Omit<ToolRow, "projects"> {
  if (found.ok) {
    const { resolved, display } = found.value;
    return { tool: resolved.name, version: resolved.version, origin: display.join(" ") };
  }
  const { names, lookedIn } = found.error;
  return { tool: names.join(" or "), version: null, origin: `looked in ${lookedIn.join(", ") || "no environment"}` };
}

function shownProjects(names: readonly string[], all: number): string {
  if (names.length === all) return all === 1 ? (names[0] ?? "") : `all ${String(all)} projects`;
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${String(names.length - 3)} more` : names.join(", ");
}
