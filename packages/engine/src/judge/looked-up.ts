import { hasSettings, isOwnSettings } from "../gate/kept/settings-of-tools.ts";
import { inputSets } from "../graph/inputs.ts";
import type { Task } from "../graph/task.ts";
import type { RepoPath } from "../core/path.ts";
import { guarded } from "../plugin/guarded.ts";
import type { Changes } from "../workspace/git/changes.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** Labels of the inputs that a tool looks up and of those that its settings name. */
const SETTINGS = new Set(["configuration", "literal"]);
/** What holds nothing but settings. A program that settings import may be a source as well, and has to be looked at as one. */
const DATA = /(^|\/)\.?[^./]+$|\.(toml|ini|cfg|conf|ya?ml|json[5c]?)$/;

/** Whether a file is settings of a task's tool by what the tool looks up and its settings name, whatever the file is called. */
export function lookedUpBy(task: Task, workspace: Workspace): (path: RepoPath) => boolean {
  return matching(task, workspace, SETTINGS);
}

/** Whether a file can hold nothing but settings. */
export function isData(path: RepoPath): boolean {
  return DATA.test(path);
}

/** Whether settings of a task's tool name a file that can be nothing else than more of them: what `extend` is given, and not a lock. */
export function namedBy(task: Task, workspace: Workspace): (path: RepoPath) => boolean {
  if (!hasSettings(task.plugin.name)) return () => false;
  const isOwn = matching(task, workspace, new Set(["literal"]));
  return (path) => isData(path) && isOwn(path);
}

function matching(task: Task, workspace: Workspace, labels: ReadonlySet<string>): (path: RepoPath) => boolean {
  // A task whose inputs cannot be told has no evidence either.
  const sets = guarded(`${task.id}: inputs`, () => inputSets(task, workspace));
  const own = (sets.ok ? sets.value : []).filter(({ label }) => labels.has(label));
  return (path) => isOwnSettings(task.plugin.name, path) && own.some(({ matches }) => matches(path));
}

/** The paths that a change touches, old names too. */
export function touchedBy(changes: Changes | undefined): ReadonlySet<RepoPath> {
  const files = changes?.files ?? [];
  return new Set(files.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from])));
}
