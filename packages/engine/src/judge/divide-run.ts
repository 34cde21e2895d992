import { warningOf, type Diagnostic } from "../core/diagnostic.ts";
import type { TaskId } from "../core/task-id.ts";
import type { AlteredPart } from "../gate/kept/quality-settings.ts";
import { createTaskGraph } from "../graph/task-graph.ts";
import type { Task } from "../graph/task.ts";
import type { Opened } from "../open.ts";
import { withBefore, type Plan } from "../plan.ts";
import type { RunRequest } from "../request.ts";
import { judgedTexts } from "./judged-texts.ts";
import { openPass, type Pass } from "./open-pass.ts";
import { settingsOfRun } from "./settings-of-run.ts";

/** A run in parts: tasks of the work tree, and those of tools whose settings the base gives. */
export interface Divided {
  /** All tasks that are told of. */
  readonly plan: Plan;
  /** Those of the work tree. */
  readonly main: Plan;
  readonly passes: readonly Pass[];
  /** Files put back that are settings only by what other settings name: nothing else tells that the change touches them. */
  readonly named: readonly AlteredPart[];
  /** By the names of plugins why their tools run with the change's settings nevertheless. */
  readonly undone: ReadonlyMap<string, string>;
  /** Those of the change's files that were read for that: no task has run yet that could make them look otherwise. */
  readonly texts?: ReturnType<typeof judgedTexts>;
  /** What a person must know of it. */
  readonly notices: readonly Diagnostic[];
}

/**
 * Where the base judges and the change alters settings that tools go by, divides a run: these tools run with the settings of
 * the base, each in a copy of the work tree that differs in nothing but them. Nothing is copied where no such settings are altered.
 */
export async function divideRun(opened: Opened, request: RunRequest, whole: Plan): Promise<Divided> {
  const undivided = { plan: whole, main: whole, passes: [], named: [], undone: new Map<string, string>(), notices: [] };
  const by = request.judging?.by;
  if (by === undefined || !("trees" in by)) return undivided;
  const texts = judgedTexts({ opened, plan: whole });
  if (!texts.ok) return { ...undivided, texts };
  const asked = { opened, request, whole, texts: texts.value };
  const wanted = settingsOfRun(asked, by.base);
  if (wanted.size === 0) return { ...undivided, texts };
  const passes: Pass[] = [];
  const undone = new Map<string, string>();
  const notices: Diagnostic[] = [];
  for (const [plugin, settings] of wanted) {
    const pass = await openPass({ plugin, settings, ...asked, trees: by.trees, others: passes });
    if (pass.ok && pass.value !== undefined) passes.push(pass.value);
    notices.push(
      ...(pass.ok ? (pass.value === undefined ? [] : [said(plugin, pass.value)]) : pass.error.map(asWarning)),
    );
    if (!pass.ok) undone.set(plugin, pass.error.map(({ message }) => message).join("; "));
  }
  const divided = divide(whole, passes);
  if (divided === undefined)
    return { ...undivided, texts, undone: new Map([...wanted.keys()].map((name) => [name, TANGLED])) };
  return { ...divided, texts, passes, named: namedIn(passes), undone, notices };
}

const TANGLED = "its tasks and those of the work tree wait for each other";

function namedIn(passes: readonly Pass[]): readonly AlteredPart[] {
  return [...new Map(passes.flatMap(({ named }) => named.map((part) => [part.path, part] as const))).values()];
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

function said(plugin: string, { parts }: Pass): Diagnostic {
  const named = parts.map(({ path, part }) => (part === "" ? path : `${part} of ${path}`));
  return {
    severity: "info",
    code: "SYM7570",
    message: `${plugin} runs with the base's settings: the change alters ${named.join(", ")}`,
  };
}

function asWarning({ code, message, hint, location }: Diagnostic): Diagnostic {
  return warningOf(code, message, {
    ...(hint === undefined ? {} : { hint }),
    ...(location === undefined ? {} : { location }),
  });
}
