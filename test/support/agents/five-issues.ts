import { developed, file, found, issueRepository, reviewed, type IssueRepository } from "./issue-repository.ts";
import { issueDocuments, moduleOf, type Edges } from "./issue-documents.ts";
import { shell } from "./repository.ts";

const EDGES: Edges = {
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
  const config = { issues: { developer: "claude", reviewer: "codex", fixes: 1 } };
  return issueRepository(
    { ...issueDocuments(EDGES), "symbiotic.config.json": JSON.stringify(config) },
    {
      develop: (issue, { turn, fixes }) => {
        if (turn > 0) return developed();
        return file(moduleOf(issue, fixes === 0 ? "" : "_more"), "one = 1");
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

/** Branches of the five that do not have the commits that they should have, each once. */
export function wrongBranches({ repository }: IssueRepository): readonly string[] {
  return Object.entries(COMMITS).flatMap(([id, wanted]) => {
    const count = Number(repository.git("rev-list", "--count", `main..issue/${id}`));
    return count === wanted ? [] : [`${id} has ${String(count)} commits and not ${String(wanted)}`];
  });
}
