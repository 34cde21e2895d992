import { ok, type Inspect, type RepoPath } from "@symbiotic-build/engine";
import { configuredIn, PYTHON_MANIFESTS, pythonManifest } from "@symbiotic-build/validator";
import type { PipAuditOptions } from "./options.ts";

/** What the plugin knows of a project. */
export type PipAuditFacts = {
  /** The file that findings are about; `null` for a project that is none of Python. */
  readonly manifest: RepoPath | null;
  /** The repository runs pip-audit in pre-commit. */
  readonly isUsed: boolean;
};

/** Reads what a project is made from. */
export const inspect: Inspect<PipAuditOptions, PipAuditFacts> = {
  texts: [".pre-commit-config.yaml"],
  paths: PYTHON_MANIFESTS,
  facts({ project, texts, paths }) {
    const configured = configuredIn(texts, { hooks: ["pip-audit"] });
    if (!configured.ok) return configured;
    return ok({ manifest: pythonManifest(project, paths), isUsed: configured.value.isUsed });
  },
};
