import type { Diagnostic } from "../core/diagnostic.ts";

/** Thrown in the place of a hook's answer where the plugin could not be asked: it brings its own diagnostic. */
export class HookFailure extends Error {
  override readonly name = "HookFailure";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}
