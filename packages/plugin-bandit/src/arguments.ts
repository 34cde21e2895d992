import type { Project, RepoPath } from "@symbiotic-build/engine";
import { foreignFolders, seenFrom } from "@symbiotic-build/validator";

/** The form of the report. */
export const FORM: readonly string[] = ["--format", "json", "--quiet"];

/** `python -m` would import a project's own `yaml.py` in the place of what bandit needs. */
export const ENVIRONMENT: Readonly<Record<string, string>> = { PYTHONSAFEPATH: "1" };

/** Folders in a project's that are not its own, as bandit started in `start` names what is in them: walking them costs time, and nothing of them is told. */
export function excluded(project: Project, start: RepoPath): readonly string[] {
  // Without the end, `./venv` would leave out `./venv.py` too.
  return foreignFolders(project).map((folder) => `./${seenFrom(start, folder)}/*`);
}

/** The argument for what is left out; without it bandit has a list of its own. */
export function exclusion(patterns: readonly string[]): readonly string[] {
  return patterns.length === 0 ? [] : ["--exclude", patterns.join(",")];
}
