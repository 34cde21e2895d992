import { settingIn } from "../gate/decide.ts";
import { CHECKS_KEPT } from "../gate/kept/checks-kept.ts";
import { alteredParts, type AlteredPart } from "../gate/kept/quality-settings.ts";
import { concerns, isOwnSettings } from "../gate/kept/settings-of-tools.ts";
import { dependsOnFile } from "../graph/affected.ts";
import { inputSets } from "../graph/inputs.ts";
import type { Task } from "../graph/task.ts";
import { guarded } from "../plugin/guarded.ts";
import type { RunParts } from "../run-parts.ts";
import type { TextsOfFile } from "../workspace/texts-of-change.ts";
import type { Divided } from "./divide-run.ts";
import { baselineOf } from "./judged-texts.ts";

/** Labels of the inputs that a tool looks up and of those that its settings name. */
const SETTINGS = new Set(["configuration", "literal"]);

/**
 * Says of a task which settings that its tool goes by a change alters, in words: it ran with those of the change, so what it
 * found says nothing of what it would have found before. Those that it had from the base are none. Nothing where the base says
 * that nobody is to look at that.
 */
export function alteredSettings(
  parts: RunParts,
  texts: readonly TextsOfFile[],
  { passes, undone }: Pick<Divided, "passes" | "undone">,
): (task: Task) => readonly string[] {
  const { opened, plan } = parts;
  if (settingIn(opened.config.settings.gates?.[CHECKS_KEPT], "").required === false) return () => [];
  const baseline = baselineOf(parts);
  const altered = texts.filter(({ path }) => path !== baseline).flatMap((each) => alteredParts(each, baseline));
  const changed = new Set(
    plan.changes?.files.flatMap(({ path, from }) => (from === undefined ? [path] : [path, from])),
  );
  return (task) => {
    const pass = passes.find(({ tasks }) => tasks.has(task.id));
    const { workspace } = pass?.tree.opened ?? opened;
    const isBack = (each: AlteredPart): boolean =>
      pass?.parts.some(({ path, part }) => path === each.path && part === each.part) === true;
    const named = altered
      .filter((each) => concerns(task.plugin.name, each) && !isBack(each) && dependsOnFile(task, each.path, workspace))
      .map(({ path, part }) => (part === "" ? path : `${part} of ${path}`));
    // A task whose inputs cannot be told has no evidence either.
    const sets = guarded(`${task.id}: inputs`, () => inputSets(task, workspace));
    const own = (sets.ok ? sets.value : []).filter(({ label }) => SETTINGS.has(label));
    const known = new Set(altered.map(({ path }) => path));
    const looked = [...changed].filter(
      (path) => !known.has(path) && isOwnSettings(task.plugin.name, path) && own.some(({ matches }) => matches(path)),
    );
    return withReason([...named, ...looked], undone.get(task.plugin.name));
  };
}

function withReason(named: readonly string[], why: string | undefined): readonly string[] {
  const last = named.at(-1);
  return last === undefined || why === undefined ? named : [...named.slice(0, -1), `${last} (${why})`];
}
