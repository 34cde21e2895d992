import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { developed, file, issueDocument, issueRepository, reviewed } from "../../support/agents/issue-repository.ts";
import { symbiotic } from "../../support/binary.ts";

const ISSUES = "docs/projects/app/issues";
const APP = { name: "app", version: "1.0.0" };

test("what is installed is what the user has committed, also for an issue that stands on an agent's work", async () => {
  await using rig = await issueRepository(
    {
      ".gitignore": "node_modules/\n",
      "package.json": JSON.stringify({ ...APP, scripts: { postinstall: "node tools/post.js" } }),
      "package-lock.json": JSON.stringify({ ...APP, lockfileVersion: 3, requires: true, packages: { "": APP } }),
      "tools/post.js": 'require("fs").appendFileSync(require("os").homedir() + "/installed", "user\\n");\n',
      [`${ISSUES}/M1-01.md`]: issueDocument("M1-01"),
      [`${ISSUES}/M1-02.md`]: issueDocument("M1-02", { blockedBy: ["M1-01"] }),
    },
    {
      develop: (issue, { turn }) => {
        if (turn > 0) return developed();
        if (issue === "M1-02") return file("src/b.py", "two = 2");
        const line = 'require("fs").appendFileSync(require("os").homedir() + "/installed", "agent\\n");';
        return { calls: [{ name: "Bash", input: { command: `echo '${line}' > tools/post.js` } }] };
      },
      review: () => reviewed("pass"),
    },
  );
  const env = { ...rig.env, PATH: process.env["PATH"] };
  const { exitCode, stdout } = await symbiotic(rig.repository, ["issues", "run"], { env });
  expect(exitCode, stdout).toBe(0);
  expect(rig.repository.git("show", "issue/M1-02:tools/post.js")).toContain("agent");
  const installed = join(rig.repository.home, "installed");
  expect(existsSync(installed)).toBe(true);
  expect(readFileSync(installed, "utf8")).toBe("user\nuser\n");
});
