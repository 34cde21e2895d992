import type { Diagnostic, RepoPath } from "@symbiotic-build/engine";
import { found, type Check } from "./checks.ts";
import { locationIn, type Place } from "./text/place.ts";

/** Collects what there is to say of one document. */
export interface Teller {
  readonly diagnostics: readonly Diagnostic[];
  readonly tell: (check: Check, at: Place, message: string, hint: string) => void;
}

/** A teller for the document with this path. */
export function tellerOf(path: RepoPath): Teller {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    tell: (check, at, message, hint) => {
      diagnostics.push(found(check, message, { location: locationIn(path, at), hint }));
    },
  };
}
