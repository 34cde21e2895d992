import type { RepoPath } from "../../core/path.ts";

const TEST =
  /(^|\/)(tests?|testing|__tests__|spec)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$|\.(test|spec)\.[cm]?[jt]sx?$/;
const SOURCE = /\.(py|[cm]?[jt]sx?)$/;

/** Whether a file holds tests, or what they share, by where it lies and what it is called. */
export function isTestFile(path: RepoPath): boolean {
  return SOURCE.test(path) && TEST.test(path);
}
