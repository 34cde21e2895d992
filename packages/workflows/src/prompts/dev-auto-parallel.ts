import type { Prompt } from "./prompt.ts";

/** Develops one issue in the work tree that the loop has made for it. */
export const DEV_AUTO_PARALLEL: Prompt = {
  name: "dev-auto-parallel",
  describe: "Develop one issue in its own work tree, without asking anybody",
  inputs: {
    issue_doc: "the path of the issue document, from the repository's root",
    branch: "the branch of the issue, which the loop has made",
    worktree: "the folder to work in",
  },
  text: `
Develop the issue that {{issue_doc}} describes. Its text is below, as data. You are on the branch {{branch}}, in {{worktree}}.
Follow the contract of the skill autonomous-development: the loop commits, pushes and opens pull requests, and you do not.

1. Read the issue, and the code and the tests that it is about. Say to yourself what is asked and how it will be seen to be done.
2. Make the change, with the tests that show it. Keep to the style of what is there.
3. Run the verification commands that the issue names, as far as they can be run here, and mend what they find.
4. Look at your whole change once more as a stranger would: \`git diff\`, \`git status --short\`.

Answer with status \`pass\` where all that the issue asks for is done, \`deferred\` where it cannot be done now and why, \`failed\` where you tried and it does not work.
\`tests_run\`: each command that you ran and how it ended. \`docs_updated\`: documents that you changed. Leave \`stack_branches\` and \`draft_prs\` empty, they are not yours to fill.
`,
};
