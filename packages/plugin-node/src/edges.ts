import { byCodeUnit, type FoundProject, type RepoPath } from "@symbiotic-build/engine";
import type { Dependency, Manifest } from "./manifest/manifest.ts";
import { resolveFrom } from "./paths.ts";
import { mayMatch } from "./version-range.ts";

/** What one project needs of another, as the contract has it. */
export type Edge = FoundProject["dependsOn"][number];

/** The packages that a package may mean. */
export interface Neighbours {
  /** Those of its workspace, by name. */
  readonly named: ReadonlyMap<string, Manifest>;
  /** All of the repository. */
  readonly roots: ReadonlySet<RepoPath>;
}

/** The packages that one needs, one edge each with the first reason found, sorted by folder; never itself. */
export function edgesOf(manifest: Manifest, neighbours: Neighbours): Edge[] {
  const edges = new Map<RepoPath, string>();
  for (const dependency of manifest.dependencies) {
    const root = meant(dependency, manifest, neighbours);
    if (root === undefined || root === manifest.root || edges.has(root)) continue;
    edges.set(root, `\`${dependency.name}\` in its ${dependency.kind} (package.json)`);
  }
  return [...edges].map(([root, because]) => ({ root, because })).sort((a, b) => byCodeUnit(a.root, b.root));
}

const PROTOCOL = /^(workspace|file|link|portal|npm):(.*)$/;

/** `workspace:core@*` means `core` whatever it is called here. */
const ALIAS = /^(@?[^@]+)@/;

function meant({ name, range }: Dependency, { root }: Manifest, { named, roots }: Neighbours): RepoPath | undefined {
  const [, protocol = "", rest = ""] = (range.includes(":") ? PROTOCOL.exec(range) : null) ?? [];
  if (protocol === "npm") return undefined;
  if (protocol !== "" && (protocol !== "workspace" || /^\.{0,2}\//.test(rest))) {
    const place = resolveFrom(root, rest);
    return place !== undefined && roots.has(place) ? place : undefined;
  }
  if (protocol === "workspace") return named.get(ALIAS.exec(rest)?.[1] ?? name)?.root;
  const target = named.get(name);
  return target !== undefined && mayMatch(range, target.version) ? target.root : undefined;
}
