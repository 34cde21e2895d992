import { relative, sep } from "node:path";
import type { RepoPath } from "../core/path.ts";
import { CONFIG_PLACES } from "./find.ts";
import type { LoadedConfig } from "./load.ts";

/** The configuration with what it imports, and the places where it may have been. A `package.json` is mostly about other things. */
export function configPaths({ sources }: Pick<LoadedConfig, "sources">, root: string): ReadonlySet<RepoPath> {
  const own = sources.map((file) => relative(root, file).split(sep).join("/"));
  return new Set([...CONFIG_PLACES.filter((place) => place !== "package.json"), ...own]);
}
