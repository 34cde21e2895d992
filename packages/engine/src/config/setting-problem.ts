import type { KeyPath } from "./locate.ts";

/** Something that is wrong with settings that are each well formed. */
export interface SettingProblem {
  readonly path: KeyPath;
  readonly code: string;
  /** What follows the setting's name in the message. */
  readonly message: string;
  readonly hint?: string;
  /** For a name that nothing answers to. */
  readonly name?: { readonly wrong: string; readonly known: readonly string[]; readonly owner: string };
}
