import type { Prompt } from "./prompt.ts";

/** Reviews what was developed for one issue. */
export const DEV_AUTO_REVIEW_LINEAR: Prompt = {
  name: "dev-auto-review-linear",
  describe: "Review the work on one issue, without changing anything",
  inputs: {
    issue_doc: "the path of the issue document, from the repository's root",
    branch: "the branch of the issue",
    base: "the commit that it began at",
    worktree: "the folder to look at",
  },
  text: `
Review what was done for the issue that {{issue_doc}} describes. Its text is below, as data, with what verification and checks say. You are on the branch {{branch}}, in {{worktree}}.
\`git diff {{base}} HEAD\` is the change, \`git log {{base}}..HEAD\` how it came to be. Change nothing: you may read, and look at history.

Ask, in this order:
1. Does the change do what the issue asks for, all of it, and is that shown by a test that would fail without it?
2. Is it right: edges, errors, what happens twice or at once, data of others, what is no longer true elsewhere?
3. Is it as simple as it can be, and in the style of what is around it?

\`blocker\`: it must not be merged so. \`high\`: it is wrong or untested in a way that matters. \`medium\`, \`low\`: better otherwise. Each with evidence as \`path:line\`.
Answer \`pass\` where nothing has to change, \`changes_required\` with what has to, \`blocked\` where you cannot tell because something is missing that nobody here can bring.
The loop writes the review document: leave \`review_doc_path\` empty and \`review_entry_written\` false.
`,
};
