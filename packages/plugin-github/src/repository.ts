import type { GitHubOptions } from "./options.ts";

/** How `gh pr` is told which repository is meant; by the remotes of the work tree where nothing is said. */
export function repositoryFlag({ repository }: GitHubOptions): readonly string[] {
  return repository === null ? [] : ["--repo", repository];
}

/** The same for a path of the API, in which `gh` fills in what is not said. */
export function repositoryPath({ repository }: GitHubOptions): string {
  return `repos/${repository ?? "{owner}/{repo}"}`;
}
