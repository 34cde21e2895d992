import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { IssueRepository } from "./issue-repository.ts";

/** All that a loop over issues that has ended may not leave: work trees, leases, accepted changes, scratch trees, changes of the user's own tree. */
export function leftOfLoop({ repository }: Pick<IssueRepository, "repository">): readonly string[] {
  const trees = repository.git("worktree", "list", "--porcelain").match(/^worktree /gm)?.length ?? 0;
  const changed = repository
    .git("status", "--porcelain", "--", ":!artifacts", ":!.ai-audit.jsonl", ":!.symbiotic")
    .trim();
  const common = join(repository.root, ".git/symbiotic");
  const scratch = namesIn(join(repository.home, ".cache/symbiotic/agent"));
  return [
    ...(trees === 1 ? [] : [`${String(trees - 1)} work trees are left`]),
    ...(changed === "" ? [] : [`the user's tree is changed: ${changed}`]),
    ...namesIn(join(common, "workflows/issues")).map((name) => `accepted and not committed: ${name}`),
    ...namesIn(join(common, "worktrees/leases")).map((name) => `a lease: ${name}`),
    ...scratch.filter((name) => name.startsWith("scratch-")).map((name) => `a scratch tree: ${name}`),
  ];
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
