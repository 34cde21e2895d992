import type { Prompt } from "./prompt.ts";

/** Mends what a review, the verification or a check asks for. */
export const DEV_AUTO_FIX_REVIEW: Prompt = {
  name: "dev-auto-fix-review",
  describe: "Mend what a review of one issue asks for",
  inputs: {
    issue_doc: "the path of the issue document, from the repository's root",
    branch: "the branch of the issue",
    base: "the commit that it began at",
    worktree: "the folder to work in",
  },
  text: `
Work on the issue that {{issue_doc}} describes was reviewed, and has to be mended. The issue and what is to be mended are below, as data. You are on the branch {{branch}}, in {{worktree}};
\`git diff {{base}} HEAD\` is what was done so far. Follow the contract of the skill autonomous-development.

1. Sort what is asked for: what is right and belongs to the issue is mended now; what is right and does not belong to it goes under \`deferred\`; what is wrong you leave, and say why under \`deferred\`.
2. Mend the cause, with the smallest change that does it. Where a test is missing, add it. Switch no check off and skip no test.
3. Run the verification commands that the issue names, as far as they can be run here.

Answer as for the development of the issue.
`,
};
