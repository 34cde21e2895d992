// Runs the loop over issues on a real repository: `node scripts/real-issues.mjs <clone of pallets/itsdangerous> [--report <file>]`.
// Real Claude Code develops and real Codex reviews, against stubs of their vendors; git, pip and pytest are real. docs/real-repositories.md tells of it.
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { withAgents } from "../test/support/agents/issue-repository.ts";
import { leftOfLoop } from "../test/support/agents/left-of-loop.ts";
import { symbiotic } from "../test/support/binary.ts";
import { cloneRepository } from "../test/support/repository.ts";
import { script, ScriptError } from "./lib/run.mjs";
import { develop, reviewer } from "./real-issues/agents.mjs";
import { COMMIT, DOCUMENTS, ENDS } from "./real-issues/issues.mjs";

const SETTINGS = { developer: "claude", reviewer: "codex", fixes: 1 };

const HEAD = `# Issues of a real repository

\`node scripts/real-issues.mjs <clone of pallets/itsdangerous>\`: what a user sees. Claude Code develops and Codex reviews, both real, against stubs of their vendors' APIs, which answer as
\`scripts/real-issues/agents.mjs\` says; git, pip, pytest and the sandbox are real. The documents are in \`scripts/real-issues/issues.mjs\`.
`;

await script(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: "string" } } });
  const [source] = positionals;
  if (source === undefined) throw new ScriptError("name a clone of pallets/itsdangerous");
  await using rig = await withAgents(cloneRepository(resolve(source), COMMIT), { develop, review: reviewer() });
  const { repository } = rig;
  prepare(repository);
  const env = { ...rig.env, ...network() };
  const issues = (/** @type {string[]} */ ...args) => symbiotic(repository, ["issues", ...args], { env });
  const told = [];
  const steps = [["list"], ["run", "--dry-run", "--issue", "T1-01"], ["run"]];
  for (const args of steps) told.push({ args, ...(await issues(...args)) });
  // What was missing is left out, as its message says.
  repository.write({ "symbiotic.config.json": JSON.stringify({ issues: { ...SETTINGS, installs: ["pip"] } }) });
  repository.commit("Install by pip");
  told.push({ args: ["run"], ...(await issues("run")) });
  const report = reportOf(
    told.map(({ args, exitCode, stdout, stderr }) => ({ args, exitCode, text: `${stdout}${stderr}` })),
  );
  const pages = repository
    .runs()
    .map((run) => join(run, "escalation.md"))
    .filter((page) => existsSync(page));
  const escalation = pages.map((page) => readFileSync(page, "utf8")).at(-1) ?? "";
  const branches = repository.git("log", "--oneline", "--graph", "--branches=issue/*", "^main").trim();
  const whole = `${report}\n## What needs a person\n\n${fenced(escalation)}\n## The branches\n\n${fenced(branches)}`;
  process.stdout.write(`${whole}\n`);
  if (values.report !== undefined) writeFileSync(values.report, `${HEAD}\n${whole}`);
  const problems = [...wrongEnds(told), ...leftOfLoop(rig)];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
});

/** The user's own environment, and what work trees install: the project's lockfile asks for uv. @param {import("../test/support/repository.ts").TestRepository} repository */
function prepare(repository) {
  appendFileSync(
    join(repository.root, ".gitignore"),
    "\n.venv/\nnode_modules/\nartifacts/\n.symbiotic/\n.ai-audit.jsonl\n",
  );
  repository.write({
    ...DOCUMENTS,
    "requirements.txt": "-e .\npytest\nfreezegun\n",
    "symbiotic.config.json": JSON.stringify({ issues: SETTINGS }),
  });
  repository.commit("Issues");
  const python = (/** @type {string[]} */ ...args) =>
    execFileSync("python3", args, { cwd: repository.root, stdio: "inherit" });
  python("-m", "venv", ".venv");
}

/** What pip needs to find its index as it does for whoever starts this. */
function network() {
  const wanted = /^(?:PIP_|SSL_CERT|(?:https?|no)_proxy$)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => wanted.test(name)));
}

/** @param {readonly { args: readonly string[], stdout: string, stderr: string, exitCode: number | null }[]} told */
function wrongEnds(told) {
  const [, , refused, run] = told;
  const missing = refused?.exitCode === 2 && /SYM7540 .*`uv`/.test(refused.stderr) ? [] : ["a missing uv is not told"];
  const ends = Object.entries(ENDS).flatMap(([id, why]) => {
    const line = new RegExp(`^  ${id}  \\w+ +(.*)$`, "m").exec(run?.stdout ?? "")?.[1] ?? "nothing";
    return line.includes(why) ? [] : [`${id}: ${line}, and not ${why}`];
  });
  return [...missing, ...ends];
}

/** @param {readonly { args: readonly string[], exitCode: number | null, text: string }[]} told */
function reportOf(told) {
  return told
    .map(
      ({ args, exitCode, text }) =>
        `## \`symbiotic issues ${args.join(" ")}\`: exit code ${exitCode}\n\n${fenced(text)}`,
    )
    .join("\n");
}

/** @param {string} text */
function fenced(text) {
  const portable = text.replaceAll(/\/[\w./-]*symbiotic-test-\w+/g, "<place>").replaceAll(/ +$/gm, "");
  return `\`\`\`\`text\n${portable.trim()}\n\`\`\`\`\n`;
}
