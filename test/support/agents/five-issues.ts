import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  developed,
  file,
  found,
  issueDocument,
  issueRepository,
  reviewed,
  type IssueRepository,
} from "./issue-repository.ts";
import { shell } from "./repository.ts";

const ISSUES = "docs/projects/app/issues";
const EDGES: Readonly<Record<string, readonly string[]>> = {
  "M1-01": [],
  "M1-02": ["M1-01"],
  "M1-03": ["M1-01"],
  "M1-04": ["M1-02", "M1-03"],
  "M1-05": [],
};
/** How often the reviewer wants a fix. */
const WANTED: Readonly<Record<string, number>> = { "M1-02": 1, "M1-05": 9 };

/** How the five end, whatever happens on the way. */
export const FIVE_ENDS: Readonly<Record<string, string>> = {
  "M1-01": "passed at once",
  "M1-02": "passed after 1 fix",
  "M1-03": "passed at once",
  "M1-04": "passed at once",
  "M1-05": "capped after 1 fix: 1 left",
};

/** Commits of their own on the branches that stand on at most one other. */
const COMMITS: Readonly<Record<string, number>> = { "M1-01": 2, "M1-02": 5, "M1-03": 4, "M1-05": 3 };

/** Five issues in a diamond and one beside it. The agents know nothing but what they are asked and what they see. */
export function fiveIssues(): Promise<IssueRepository> {
  const documents = Object.entries(EDGES).map(([id, blockedBy]): [string, string] => [
    `${ISSUES}/${id}.md`,
    issueDocument(id, { blockedBy, verify: [`test -f src/${moduleOf(id)}.py`] }),
  ]);
  const config = { issues: { developer: "claude", reviewer: "codex", fixes: 1 } };
  return issueRepository(
    { ...Object.fromEntries(documents), "symbiotic.config.json": JSON.stringify(config) },
    {
      develop: (issue, { turn, fixes }) => {
        if (turn > 0) return developed();
        return file(`src/${moduleOf(issue)}${fixes === 0 ? "" : "_more"}.py`, "one = 1");
      },
      // It looks at history: what it said before it does not remember.
      review(issue, { turn, body }) {
        if (turn === 0) return shell("codex", "git log --format=%s");
        const mended = new RegExp(`${issue}: mend what review`).test(JSON.stringify(body)) ? 1 : 0;
        return mended < (WANTED[issue] ?? 0)
          ? reviewed("changes_required", [found("high", "no test")])
          : reviewed("pass");
      },
    },
  );
}

/** All that is wrong with the repository after the loop has ended: work trees, locks, commits, files of the user's. */
export function leftOf({ repository }: IssueRepository): readonly string[] {
  const git = (...args: readonly string[]): string => repository.git(...args).trim();
  const trees = git("worktree", "list", "--porcelain").match(/^worktree /gm)?.length ?? 0;
  const changed = git("status", "--porcelain", "--", ":!artifacts", ":!.ai-audit.jsonl", ":!.symbiotic");
  const common = join(repository.root, ".git/symbiotic");
  const counts = Object.entries(COMMITS).map(([id, wanted]): string => {
    const count = Number(git("rev-list", "--count", `main..issue/${id}`));
    return count === wanted ? "" : `${id} has ${String(count)} commits and not ${String(wanted)}`;
  });
  const scratch = namesIn(join(repository.home, ".cache/symbiotic/agent")).filter((name) =>
    name.startsWith("scratch-"),
  );
  return [
    ...(trees === 1 ? [] : [`${String(trees - 1)} work trees are left`]),
    ...(changed === "" ? [] : [`the user's tree is changed: ${changed}`]),
    ...namesIn(join(common, "workflows/issues")).map((name) => `accepted and not committed: ${name}`),
    ...namesIn(join(common, "worktrees/leases")).map((name) => `a lease: ${name}`),
    ...scratch.map((name) => `a scratch tree: ${name}`),
    ...counts.filter((told) => told !== ""),
  ];
}

function moduleOf(issue: string): string {
  return issue.toLowerCase().replace("-", "_");
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
