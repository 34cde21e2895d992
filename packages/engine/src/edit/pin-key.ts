import { hash } from "node:crypto";
import { canonicalJson } from "../core/json.ts";
import { policyDigest, type Policy } from "../guard/policy/policy.ts";

/** What a pinned change is kept under. */
export function pinKey({
  key,
  agents,
  policy,
}: {
  readonly key: string;
  readonly agents: readonly string[];
  readonly policy: Policy;
}): string {
  return hash("sha256", canonicalJson([key, agents, policyDigest(policy)]), "hex");
}
