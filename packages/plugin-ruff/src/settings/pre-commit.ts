import type { SourceText } from "@symbiotic-build/engine";
import { hookIds, hookRevision } from "@symbiotic-build/validator";

/** What a pre-commit configuration says about ruff and black. */
export interface Hooks {
  readonly lintsWithRuff: boolean;
  readonly formatsWithRuff: boolean;
  readonly formatsWithBlack: boolean;
  /** The release of ruff's hooks: `v0.4.10`. */
  readonly ruffRevision: string | null;
}

/** Reads the hooks of the configurations among these texts. */
export function readHooks(texts: readonly SourceText[]): Hooks {
  const ids = hookIds(texts);
  return {
    lintsWithRuff: ids.has("ruff") || ids.has("ruff-check"),
    formatsWithRuff: ids.has("ruff-format"),
    formatsWithBlack: ids.has("black") || ids.has("black-jupyter"),
    ruffRevision: hookRevision(texts, "/ruff-pre-commit"),
  };
}
