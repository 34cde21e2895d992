import type { Platform } from "@symbiotic-build/engine";
import { create, markReady, update } from "./change-pull.ts";
import { find, view } from "./find-pulls.ts";
import type { GitHubOptions } from "./options.ts";
import { signedIn } from "./signed-in.ts";

/** GitHub, by its command line. */
export const githubPlatform: Platform<GitHubOptions> = {
  title: "GitHub",
  describe: "pull requests of GitHub, by `gh`",
  tool: {
    bin: "gh",
    version: "2.23.0",
    versionIn: (printed) => /^gh version (\d+\.\d+\.\d+)/m.exec(printed)?.[1],
    hint: "install GitHub's command line, `gh`, 2.23.0 or newer",
  },
  signIn: {
    variables: ["GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"],
    hint: "run `gh auth login`, or set GH_TOKEN",
  },
  // Not GH_REPO: `gh pr list` heeds it and `gh pr create` does not, and what is looked up would not be what is opened.
  variables: ["GH_HOST", "GH_CONFIG_DIR"],
  environment: {
    GH_PROMPT_DISABLED: "1",
    GH_NO_UPDATE_NOTIFIER: "1",
    GH_PAGER: "cat",
    GH_BROWSER: "false",
    GH_SPINNER_DISABLED: "1",
  },
  pulls: { signedIn, find, create, update, markReady, view },
};
