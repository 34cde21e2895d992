import type { Diagnostic } from "../core/diagnostic.ts";

const MOST = 5;

/** What is told of many diagnostics: errors are all told, of the others the first few with each code. */
export interface FewOfEach {
  readonly told: readonly Diagnostic[];
  /** How many are not told, by code. */
  readonly left: ReadonlyMap<string, number>;
}

/** A change of the engine or of a cache may be worth the same sentence for each of a thousand tasks: a few say it. */
export function fewOfEach(diagnostics: readonly Diagnostic[]): FewOfEach {
  const seen = new Map<string, number>();
  const left = new Map<string, number>();
  const told = diagnostics.filter(({ code, severity }) => {
    if (severity === "error") return true;
    const count = (seen.get(code) ?? 0) + 1;
    seen.set(code, count);
    if (count > MOST) left.set(code, count - MOST);
    return count <= MOST;
  });
  return { told, left };
}
