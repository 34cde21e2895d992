import { byCodeUnit, ok, parentOf, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import type { DbtOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type DbtFacts = {
  /** The folder of its `dbt_project.yml`; of several the one that is least deep. */
  readonly folder: RepoPath | null;
  /** Whether there is a `profiles.yml` in that folder: no other is read. */
  readonly hasProfiles: boolean;
};

const MANIFEST = "dbt_project.yml";

/** Finds the dbt project in a project. */
export const inspect: Inspect<DbtOptions, DbtFacts> = {
  texts: [],
  paths: ["**/dbt_project.yml", "**/profiles.yml"],
  facts({ paths }) {
    const [manifest] = paths
      .filter((path) => nameOf(path) === MANIFEST && !/(^|\/)dbt_(packages|modules)\//.test(path))
      .sort((a, b) => a.split("/").length - b.split("/").length || byCodeUnit(a, b));
    const folder = manifest === undefined ? null : parentOf(manifest);
    const hasProfiles = paths.some((path) => nameOf(path) === "profiles.yml" && parentOf(path) === folder);
    return ok({ folder, hasProfiles });
  },
};

function nameOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
