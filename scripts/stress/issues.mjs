import { existsSync } from "node:fs";
import { join } from "node:path";
import { fiveIssues, FIVE_ENDS, wrongBranches } from "../../test/support/agents/five-issues.ts";
import { leftOfLoop } from "../../test/support/agents/left-of-loop.ts";
import { processesIn } from "../../test/support/processes.ts";
import { same } from "./engine.mjs";

/** The loop over the five issues takes about so long where nothing else runs. */
const LOOP_MS = 12_000;
/** Processes that were told to end have this long. */
const GONE_MS = 20_000;

/** Ends the loop over issues at random moments and goes on with it: it comes to the same end, and nothing is left of it. @type {import("./stresses.mjs").Stress} */
export async function issues(random) {
  await using rig = await fiveIssues();
  let args = ["run"];
  for (let kills = 1 + random.int(3); kills > 0; kills -= 1) {
    const signal = /** @type {NodeJS.Signals} */ (random.pick(["SIGKILL", "SIGKILL", "SIGTERM", "SIGINT"]));
    const running = rig.start(...args);
    const timer = setTimeout(() => running.kill(signal), random.int(LOOP_MS));
    const { exitCode, stdout, stderr } = await running.ended;
    clearTimeout(timer);
    await gone(rig.repository.home, `${signal} of ${stdout}${stderr}`);
    if (exitCode === 1 && stdout.includes("what needs a person")) return ended(rig, stdout);
    if (![null, 130, 143].includes(exitCode))
      throw new Error(`${args.join(" ")} ended with ${exitCode}: ${stdout}${stderr}`);
    // It may have been ended before its journal was begun.
    args = existsSync(join(rig.repository.root, ".symbiotic/runs")) ? ["run", "--resume"] : ["run"];
  }
  const { exitCode, stdout, stderr } = await rig.start(...args).ended;
  if (exitCode === 2 && /SYM2021|SYM4031/.test(stderr)) {
    const anew = await rig.start("run").ended;
    return ended(rig, anew.stdout);
  }
  same(`the exit code of ${args.join(" ")}: ${stdout}${stderr}`, exitCode, 1);
  return ended(rig, stdout);
}

/** @param {import("../../test/support/agents/issue-repository.ts").IssueRepository} rig @param {string} stdout */
async function ended(rig, stdout) {
  const states = [
    ...stdout.matchAll(
      /^ {2}(M1-\d+) +\w+ +- +\d+ +\d+ +(?:-|\$[\d.]+(?: \(estimate\))?) +(?:\d+[hm] )?\d+[ms] +(.+)$/gm,
    ),
  ];
  same(`how the issues ended: ${stdout}`, Object.fromEntries(states.map(([, id, why]) => [id, why])), FIVE_ENDS);
  await gone(rig.repository.home, "the last run");
  same(`what is left: ${stdout}`, [...leftOfLoop(rig), ...wrongBranches(rig)], []);
}

/** @param {string} home @param {string} after */
async function gone(home, after) {
  if (process.platform !== "linux") return;
  const until = Date.now() + GONE_MS;
  while (processesIn(home).length > 0) {
    if (Date.now() > until) throw new Error(`processes are left after ${after}: ${processesIn(home).join(" ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
