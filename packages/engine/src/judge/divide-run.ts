import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import { byCodeUnit } from "../core/json.ts";
import type { TaskId } from "../core/task-id.ts";
import type { JudgingBase } from "../base/judging.ts";
import { alteredParts, type AlteredPart } from "../gate/kept/quality-settings.ts";
import { isOwnPart } from "../gate/kept/settings-of-tools.ts";
import { dependsOnFile } from "../graph/affected.ts";
import { createTaskGraph } from "../graph/task-graph.ts";
import type { Task } from "../graph/task.ts";
import type { Opened } from "../open.ts";
import { plan, withBefore, type Plan } from "../plan.ts";
import type { RunRequest } from "../request.ts";
import { baselineOf, judgedTexts } from "./judged-texts.ts";
import { openPass, type Pass } from "./open-pass.ts";

/** A run in parts: tasks of the work tree, and those of tools whose settings the base gives. */
export interface Divided {
  /** All tasks that are told of. */
  readonly plan: Plan;
  /** Those of the work tree. */
  readonly main: Plan;
  readonly passes: readonly Pass[];
  /** By the names of plugins why their tools run with the change's settings nevertheless. */
  readonly undone: ReadonlyMap<string, string>;
  /** What a person must know of it. */
  readonly notices: readonly Diagnostic[];
}

/**
 * Where the base judges and the change alters settings that tools go by, divides a run: these tools run with the settings of
 * the base, each in a copy of the work tree that differs in nothing but them. Nothing is copied where no such settings are altered.
 */
export async function divideRun(opened: Opened, request: RunRequest, whole: Plan): Promise<Divided> {
  const undivided = { plan: whole, main: whole, passes: [], undone: new Map<string, string>(), notices: [] };
  const by = request.judging?.by;
  if (by === undefined || !("trees" in by)) return undivided;
  const asked = { opened, request, whole };
  const wanted = ownParts(asked, by);
  if (wanted.size === 0) return undivided;
  const passes: Pass[] = [];
  const undone = new Map<string, string>();
  const notices: Diagnostic[] = [];
  for (const [plugin, parts] of wanted) {
    const pass = await openPass({ plugin, parts, ...asked, trees: by.trees, others: passes });
    if (pass.ok && pass.value !== undefined) passes.push(pass.value);
    notices.push(...(pass.ok ? (pass.value === undefined ? [] : [said(plugin, parts)]) : pass.error.map(asWarning)));
    if (!pass.ok) undone.set(plugin, pass.error.map(({ message }) => message).join("; "));
  }
  const divided = divide(whole, passes);
  return divided === undefined ? undivided : { ...divided, passes, undone, notices };
}

interface Asked {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly whole: Plan;
}

/** By the names of plugins the settings of their tools that the change alters, where they have a task that reads them, here or at the base. */
function ownParts(asked: Asked, { base }: JudgingBase): ReadonlyMap<string, readonly AlteredPart[]> {
  const { opened, request, whole } = asked;
  const baseline = baselineOf(asked);
  const texts = judgedTexts({ opened, plan: whole });
  const altered = (texts.ok ? texts.value : [])
    .filter(({ path }) => path !== baseline)
    .flatMap((each) => alteredParts(each, baseline));
  const wanted = new Map<string, readonly AlteredPart[]>();
  if (altered.length === 0) return wanted;
  const names = request.names.filter(
    (name) => base.opened.index.targets.has(name) || base.opened.index.find(name) !== undefined,
  );
  const was = plan(base.opened, { names, filters: [], exclude: [], environment: request.environment });
  const tasks = [...inTree(whole, opened), ...(was.ok ? inTree(was.value, base.opened) : [])];
  for (const plugin of [...new Set(tasks.map(({ task }) => task.plugin.name))].sort(byCodeUnit)) {
    const own = altered.filter((part) => isOwnPart(plugin, part));
    const parts = own.filter(({ path }) =>
      tasks.some(({ task, workspace }) => task.plugin.name === plugin && dependsOnFile(task, path, workspace)),
    );
    if (parts.length > 0) wanted.set(plugin, parts);
  }
  return wanted;
}

function inTree(
  { graph }: Plan,
  { workspace }: Opened,
): { readonly task: Task; readonly workspace: Opened["workspace"] }[] {
  return graph.order.map((task) => ({ task, workspace }));
}

/** The tasks of the passes in place of their namesakes; undefined where that makes no graph, or no pass is left. */
function divide(whole: Plan, passes: readonly Pass[]): Pick<Divided, "plan" | "main"> | undefined {
  const apart = new Map<TaskId, Task>(passes.flatMap(({ tasks }) => [...tasks]));
  const rest = whole.graph.order.filter(({ id }) => !apart.has(id));
  const all = createTaskGraph([...rest, ...apart.values()]);
  const main = withBefore(whole.graph, ({ id }) => !apart.has(id));
  if (!all.ok || !main.ok) return undefined;
  const reasons = new Map([...passes.flatMap(({ plan: { reasons: more } }) => [...more]), ...whole.reasons]);
  const told = new Map([...reasons].filter(([id]) => all.value.task(id) !== undefined));
  return { plan: { ...whole, graph: all.value, reasons: told }, main: { ...whole, graph: main.value } };
}

function said(plugin: string, parts: readonly AlteredPart[]): Diagnostic {
  const named = parts.map(({ path, part }) => (part === "" ? path : `${part} of ${path}`));
  return {
    severity: "info",
    code: "SYM7570",
    message: `${plugin} ran with the base's settings: the change alters ${named.join(", ")}`,
  };
}

function asWarning({ code, message, hint, location }: Diagnostic): Diagnostic {
  return warningOf(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(location === undefined ? {} : { location }),
  });
}
