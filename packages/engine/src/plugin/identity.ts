import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packageDigest, packageOf, moduleGraphDigest, type ModuleGraph } from "./module-graph.ts";

/**
 * What of a plugin is in the key: name, version and code of an installed package; for one that is written in the
 * repository, the digest of its whole module graph, so that an edit of it is a miss.
 */
export type PluginIdentity =
  | { readonly kind: "package"; readonly name: string; readonly version: string; readonly integrity: string }
  | { readonly kind: "modules"; readonly digest: string };

/** The identity of the plugin whose module has this URL. */
export function pluginIdentity(from: string, graph: ModuleGraph): PluginIdentity {
  const owner = packageOf(fileURLToPath(from));
  if (owner?.installed !== true) return { kind: "modules", digest: moduleGraphDigest(from, graph) };
  return { kind: "package", name: owner.name, version: owner.version, integrity: packageDigest(owner.directory) };
}

/** sha256 of a module's own bytes: by it a worker refuses a module that is not the one that the main process loaded. */
export function moduleDigest(url: string): string {
  return createHash("sha256").update(readFileSync(fileURLToPath(url))).digest("hex");
}
