import { settingIn } from "../gate/decide.ts";
import { CHECKS_KEPT } from "../gate/kept/checks-kept.ts";
import { alteredIn, type AlteredPart } from "../gate/kept/quality-settings.ts";
import { concerns } from "../gate/kept/settings-of-tools.ts";
import { dependsOnFile } from "../graph/affected.ts";
import type { Task } from "../graph/task.ts";
import type { RunParts } from "../run-parts.ts";
import type { TextsOfFile } from "../workspace/texts-of-change.ts";
import type { Divided } from "./divide-run.ts";
import { baselineOf } from "./judged-texts.ts";
import { lookedUpBy, touchedBy } from "./looked-up.ts";

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
  const { opened } = parts;
  if (settingIn(opened.config.settings.gates?.[CHECKS_KEPT], "").required === false) return () => [];
  const altered = alteredIn(texts, baselineOf(parts));
  const changed = touchedBy(parts.plan.changes);
  const known = new Set(altered.map(({ path }) => path));
  return (task) => {
    const pass = passes.find(({ tasks }) => tasks.has(task.id));
    const { workspace } = pass?.tree.opened ?? opened;
    const isBack = (each: Pick<AlteredPart, "path" | "part">): boolean =>
      pass?.parts.some(({ path, part }) => path === each.path && part === each.part) === true;
    const named = altered
      .filter((each) => concerns(task.plugin.name, each) && !isBack(each) && dependsOnFile(task, each.path, workspace))
      .map(({ path, part }) => (part === "" ? path : `${part} of ${path}`));
    const isLookedUp = lookedUpBy(task, workspace);
    const looked = [...changed].filter((path) => !known.has(path) && !isBack({ path, part: "" }) && isLookedUp(path));
    return withReason([...named, ...looked], undone.get(task.plugin.name));
  };
}

function withReason(named: readonly string[], why: string | undefined): readonly string[] {
  const last = named.at(-1);
  return last === undefined || why === undefined ? named : [...named.slice(0, -1), `${last} (${why})`];
}
