import type { RepoPath } from "../../core/path.ts";
import { isInside } from "../../core/path.ts";

const AUDIT_LOG = ".ai-audit.jsonl";
const STATE = ".symbiotic";
const ARTIFACTS = "artifacts";

/**
 * Whether a file is the engine's own, so that it is nobody's input and nobody's change: its state and its audit log, and
 * what lies untracked in `artifacts/`. A tracked `artifacts/` belongs to the repository.
 */
export function isOwnFile(path: RepoPath, tracked: boolean): boolean {
  return path === AUDIT_LOG || isInside(STATE, path) || (!tracked && isInside(ARTIFACTS, path));
}
