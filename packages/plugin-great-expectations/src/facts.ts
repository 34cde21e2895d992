import { byCodeUnit, ok, parentOf, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import type { GreatExpectationsOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type GreatExpectationsFacts = {
  /** The folder of its `great_expectations.yml`; of several the one that is least deep. */
  readonly folder: RepoPath | null;
  /** The files beside and below it that may be suites, sorted. */
  readonly suites: readonly RepoPath[];
};

/** Finds the data context in a project. */
export const inspect: Inspect<GreatExpectationsOptions, GreatExpectationsFacts> = {
  texts: [],
  paths: ["**/great_expectations.yml", "**/*.json"],
  facts({ paths }) {
    const [config] = paths
      .filter((path) => path.slice(path.lastIndexOf("/") + 1) === "great_expectations.yml")
      .sort((a, b) => a.split("/").length - b.split("/").length || byCodeUnit(a, b));
    if (config === undefined) return ok({ folder: null, suites: [] });
    const folder = parentOf(config);
    const suites = paths.filter(
      (path) => path.endsWith(".json") && path.startsWith(folder === "." ? "" : `${folder}/`),
    );
    return ok({ folder, suites: suites.sort(byCodeUnit) });
  },
};
