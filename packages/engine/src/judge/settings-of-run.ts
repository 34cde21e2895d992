import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Base } from "../base/open-bases.ts";
import { alteredIn, type AlteredPart } from "../gate/kept/quality-settings.ts";
import { isOwnPart } from "../gate/kept/settings-of-tools.ts";
import { dependsOnFile } from "../graph/affected.ts";
import type { Task } from "../graph/task.ts";
import type { Opened } from "../open.ts";
import { plan, type Plan } from "../plan.ts";
import type { RunRequest } from "../request.ts";
import type { TextsOfFile } from "../workspace/texts-of-change.ts";
import { baselineOf } from "./judged-texts.ts";
import { isData, namedBy, touchedBy } from "./looked-up.ts";

/** Settings of one plugin's tool that a change alters. */
export interface ToolSettings {
  /** By their names. */
  readonly parts: readonly AlteredPart[];
  /** Files that are settings only because other settings name them. */
  readonly named: readonly AlteredPart[];
}

/** A run that is planned. */
export interface PlannedRun {
  readonly opened: Opened;
  readonly request: RunRequest;
  readonly whole: Plan;
  /** Of the change. */
  readonly texts: readonly TextsOfFile[];
}

/** By the names of plugins, sorted, the altered settings of their tools where a task of theirs goes by them here or at the base. */
export function settingsOfRun(run: PlannedRun, base: Base): ReadonlyMap<string, ToolSettings> {
  const all = alteredIn(run.texts, baselineOf(run));
  const known = new Set(all.map(({ path }) => path));
  const altered = all.filter(({ path }) => wasThere(path, run.opened, base.opened));
  const others = [...touchedBy(run.whole.changes)].filter((path) => !known.has(path) && isData(path)).sort(byCodeUnit);
  if (known.size + others.length === 0) return new Map();
  const bound = boundTasks(run, base);
  const plugins = [...new Set(bound.map(({ task }) => task.plugin.name))].sort(byCodeUnit);
  const settings = plugins.map((plugin) => {
    const own = bound.filter(({ task }) => task.plugin.name === plugin);
    const isRead = (path: RepoPath): boolean =>
      own.some(({ task, opened }) => dependsOnFile(task, path, opened.workspace));
    const parts = altered.filter((part) => isOwnPart(plugin, part) && isRead(part.path));
    return [plugin, { parts, named: namedOf(own, others) }] as const;
  });
  return new Map(settings.filter(([, { parts, named }]) => parts.length + named.length > 0));
}

/** A project that the base does not have is judged by its own settings, and those are looked at by a person. */
function wasThere(path: RepoPath, { workspace }: Opened, before: Opened): boolean {
  const owner = workspace.owner(path);
  return owner === undefined || before.workspace.projects.some(({ root }) => root === owner.root);
}

interface BoundTask {
  readonly task: Task;
  readonly opened: Opened;
}

/** What would run at the base is here, too: settings that are gone leave no task. */
function boundTasks({ opened, request, whole }: PlannedRun, { opened: base }: Base): readonly BoundTask[] {
  const names = request.names.filter((name) => base.index.targets.has(name) || base.index.find(name) !== undefined);
  const was = plan(base, { names, filters: [], exclude: [], environment: request.environment });
  const before = was.ok ? was.value.graph.order : [];
  return [...whole.graph.order.map((task) => ({ task, opened })), ...before.map((task) => ({ task, opened: base }))];
}

function namedOf(tasks: readonly BoundTask[], paths: readonly RepoPath[]): readonly AlteredPart[] {
  const isNamed = tasks.map(({ task, opened }) => namedBy(task, opened.workspace));
  const named = paths.filter((path) => isNamed.some((is) => is(path)));
  return named.map((path) => ({ path, part: "", how: "was changed" }));
}
