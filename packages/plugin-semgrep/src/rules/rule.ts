/** A condition on code, as semgrep's rules have it. */
export type Condition =
  | { readonly pattern: string }
  | { readonly "pattern-not": string }
  | { readonly "pattern-regex": string }
  | { readonly "pattern-inside": string }
  | { readonly "pattern-either": readonly Condition[] }
  | { readonly "metavariable-regex": { readonly metavariable: string; readonly regex: string } };

/** One rule of this package. */
export interface Rule {
  /** Unique; how findings and `nosemgrep` call it. */
  readonly id: string;
  readonly languages: readonly string[];
  readonly severity: "ERROR" | "WARNING" | "INFO";
  /** What is wrong, and what to do instead. */
  readonly message: string;
  readonly metadata: { readonly cwe: readonly string[] };
  readonly patterns: readonly Condition[];
}

/** Any of these patterns. */
export function anyOf(...patterns: readonly string[]): Condition {
  return { "pattern-either": patterns.map((pattern) => ({ pattern })) };
}

/** None of these patterns. */
export function noneOf(...patterns: readonly string[]): readonly Condition[] {
  return patterns.map((pattern) => ({ "pattern-not": pattern }));
}
