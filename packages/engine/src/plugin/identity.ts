import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { PluginSpec } from "./contract.ts";
import { packageDigest, packageOf, moduleGraphDigest, type ModuleGraph } from "./module-graph.ts";

/**
 * What of a plugin is in the key: name, version and code of an installed package; for one that is written in the
 * repository, the digest of its whole module graph, so that an edit of it is a miss.
 */
export type PluginIdentity =
  | { readonly kind: "package"; readonly name: string; readonly version: string; readonly integrity: string }
  | { readonly kind: "modules"; readonly digest: string };

/** The identity of a plugin, from the module that it says it is from. */
export function pluginIdentity(spec: PluginSpec, graph: ModuleGraph): PluginIdentity {
  const owner = packageOf(fileURLToPath(spec.from));
  if (owner?.installed !== true)
    return { kind: "modules", digest: digestOf([moduleGraphDigest(spec.from, graph), hooksOf(spec)]) };
  return { kind: "package", name: owner.name, version: owner.version, integrity: packageDigest(owner.directory) };
}

/** The text of every hook: one may have been written in another module than `from` names, such as the configuration. */
function hooksOf(value: unknown): string {
  if (typeof value === "function") return Function.prototype.toString.call(value);
  if (typeof value !== "object" || value === null || "safeParse" in value) return "";
  return Object.entries(value)
    .map(([key, member]) => `${key}:${hooksOf(member)}`)
    .join("\n");
}

function digestOf(parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** sha256 of a module's own bytes: by it a worker refuses a module that is not the one that the main process loaded. */
export function moduleDigest(url: string): string {
  return createHash("sha256")
    .update(readFileSync(fileURLToPath(url)))
    .digest("hex");
}
