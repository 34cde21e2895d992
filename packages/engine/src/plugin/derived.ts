import type { JsonValue } from "../core/json.ts";
import type { AtomCommon } from "./atom.ts";

/** An atom as data: a template of the plugin, with the parameters that make it this one. */
export interface DerivedAtom {
  /** snake_case. */
  readonly id: string;
  /** The name of one of the plugin's `templates`. */
  readonly template: string;
  /** In the key, and in the context of each of its hooks. */
  readonly params: JsonValue;
  readonly title: string;
  readonly describe: string;
  readonly alias?: string;
  readonly kind?: AtomCommon<unknown, JsonValue>["kind"];
}

/** A derived atom in one project. */
export interface NarrowedAtom
  extends Pick<
    AtomCommon<unknown, JsonValue>,
    "timeoutMs" | "retries" | "resources" | "dependsOn" | "scratch" | "cache"
  > {
  /** Takes the place of the atom's own: only this is in the key and in the context of hooks here. */
  readonly params: JsonValue;
}

/** Atoms that depend on what the repository holds, and the targets that they join. */
export interface Derived {
  readonly atoms: readonly DerivedAtom[];
  readonly targets?: Readonly<Record<string, readonly string[]>>;
}
