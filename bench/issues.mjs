// Issue documents, read, parsed and joined into a graph: `node bench/issues.mjs [--documents 1000] [--rounds 7]`, after a build. Each round is
// a process of its own, and beside it the whole command. The figures are in bench/results/issues-<documents>.json.
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { ROOT } from "../scripts/lib/paths.mjs";
import { projectNode, script } from "../scripts/lib/run.mjs";
import { RESULTS, WORK } from "./lib/places.mjs";
import { load, machine, saveResults, today } from "./lib/results.mjs";
import { spread } from "./lib/statistics.mjs";

const DOCUMENTS = "docs/projects/bench/issues";

await script(async () => {
  const { values } = parseArgs({
    options: {
      documents: { type: "string", default: "1000" },
      rounds: { type: "string", default: "7" },
      once: { type: "string" },
    },
  });
  if (values.once !== undefined) return void process.stdout.write(String(await once(values.once)));
  const root = join(WORK, `issues-${values.documents}`);
  repository(root, Number(values.documents));
  const rounds = Array.from({ length: Number(values.rounds) }, () => ({ load: load(), ...oneRound(root) }));
  const results = { name: `issues-${values.documents}`, date: today(), machine: machine(), rounds };
  saveResults(RESULTS, results);
  for (const what of /** @type {const} */ (["parsedMs", "commandMs", "versionMs"])) {
    const { min, median, max } = spread(rounds.map((round) => round[what]));
    process.stdout.write(`${what}: median ${median.toFixed(0)}, ${min.toFixed(0)} to ${max.toFixed(0)}\n`);
  }
});

/** What it takes to read, to parse and to join, without the start of Node. @param {string} root */
async function once(root) {
  /** @type {typeof import("../packages/workflows/src/index.ts")} */
  const { readIssue, issueGraph } = await import(join(ROOT, "packages/workflows/dist/index.js"));
  const begun = performance.now();
  const issues = readdirSync(join(root, DOCUMENTS)).flatMap((name) => {
    const path = `${DOCUMENTS}/${name}`;
    return readIssue({ path, text: readFileSync(join(root, path), "utf8") }).issue ?? [];
  });
  const graph = issueGraph(issues, []);
  const ms = performance.now() - begun;
  if (graph.edges.length === 0) throw new Error("no edge was found");
  return ms;
}

/** @param {string} root */
function oneRound(root) {
  const node = projectNode();
  const timed = (/** @type {string[]} */ argv) => {
    const begun = performance.now();
    execFileSync(node, [join(ROOT, "packages/cli/bin/symbiotic.js"), ...argv], { cwd: root, stdio: "ignore" });
    return performance.now() - begun;
  };
  const parsedMs = Number(execFileSync(node, [import.meta.filename, "--once", root], { encoding: "utf8" }));
  return { parsedMs, commandMs: timed(["issues", "graph", "--json"]), versionMs: timed(["--version"]) };
}

/** Each document blocks the next ones of its stream, and has some text. @param {string} root @param {number} count */
function repository(root, count) {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(join(root, DOCUMENTS), { recursive: true });
  const id = (/** @type {number} */ at) => `BENCH-${String(at).padStart(4, "0")}`;
  for (let at = 0; at < count; at += 1) {
    const earlier = [at - 1, at - 10].filter((each) => each >= 0).map(id);
    const later = [at + 1, at + 10].filter((each) => each < count).map(id);
    const front = `---\nid: ${id(at)}\ntitle: "Part ${at}: what it is for"\nstatus: todo\nblocked_by: [${earlier.join(", ")}]\nblocking: [${later.join(", ")}]\n---\n`;
    const body = `\n## Files\n\n- src/part-${at}.py\n\n## Acceptance\n\n${"- [ ] it does one more thing that somebody asked for\n".repeat(12)}\n## Verification\n\n\`\`\`\npytest tests/test_part_${at}.py\n\`\`\`\n`;
    writeFileSync(join(root, DOCUMENTS, `${id(at)}.md`), front + body);
  }
  for (const argv of [
    ["init", "--quiet"],
    ["add", "--all"],
  ])
    execFileSync("git", argv, { cwd: root });
}
