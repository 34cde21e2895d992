import type { JsonValue } from "../core/json.ts";
import type { OwnedAtom } from "../graph/atom-index.ts";
import type { Project } from "../plugin/project.ts";

/** A derived atom as it is in a project, with what makes it so; any other as it is. */
export function derivedIn(
  owned: OwnedAtom,
  project: Project,
): { readonly owned: OwnedAtom; readonly params?: JsonValue } {
  if (owned.derived === undefined) return { owned };
  const given = owned.derived.params;
  const narrowed = owned.plugin.spec.narrow?.(given, project) ?? { params: given };
  if (narrowed === false) return { owned: { ...owned, atom: { ...owned.atom, applies: () => false } }, params: given };
  const { params, ...own } = narrowed;
  return { owned: { ...owned, atom: { ...owned.atom, ...own } }, params };
}
