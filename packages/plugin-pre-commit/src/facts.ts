import { ok, type Inspect } from "@symbiotic-build/engine";
import type { PreCommitOptions } from "./options.ts";

/** The file with a repository's hooks; pre-commit looks for it nowhere but at the root. */
export const CONFIG = ".pre-commit-config.yaml";

/** What the plugin knows of a project. */
export type PreCommitFacts = {
  /** The project is at the repository's root, and the repository has hooks. */
  readonly hasHooks: boolean;
};

/** Looks whether there are hooks. */
export const inspect: Inspect<PreCommitOptions, PreCommitFacts> = {
  texts: [CONFIG],
  facts: ({ project, texts }) => ok({ hasHooks: project.root === "." && texts.some(({ path }) => path === CONFIG) }),
};
