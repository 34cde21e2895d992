import { byCodeUnit } from "../core/json.ts";
import { digestJson } from "../fingerprint/digest.ts";
import type { Digest } from "../fingerprint/record.ts";
import { createDivider, type Variables } from "../fingerprint/variables.ts";
import { secretValuesOf } from "../redact/secret-name.ts";

/** Stands for the values of these variables, and for those that must not be shown: what a run tells depends on both. */
export function variablesDigest(environment: Variables, declared: readonly string[], root: string): Digest {
  const { keyed } = createDivider(environment, [], { root, platform: process.platform })(declared);
  return digestJson({ keyed, hidden: [...secretValuesOf(environment)].sort(byCodeUnit) });
}
