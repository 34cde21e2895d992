import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ancestors, joinRepo } from "@symbiotic-build/engine";
import { inspect } from "./src/inspect/inspect.ts";
import { options as schema } from "./src/options.ts";
import { command } from "./src/run/command.ts";
import { inputs } from "./src/run/inputs.ts";
import { parse, READS } from "./src/run/parse.ts";
import { coverage } from "./src/gates/coverage.ts";
import { testsPassed } from "./src/gates/tests-passed.ts";
const [repo, root, python, detectedText, plain, ...args] = process.argv.slice(2);
const options = schema.parse({ args });
const project = { name: "p", root, manifests: [], dependsOn: [], tags: [], nested: [], environments: [] };
const paths = globSync("**/*.py", { cwd: join(repo, root), exclude: (f) => f === ".venv" || f.startsWith?.(".venv") })
  .map((f) => joinRepo(root, f))
  .filter((f) => !f.includes(".venv"));
const texts = ancestors(root)
  .flatMap((folder) => inspect.texts.map((name) => joinRepo(folder, name)))
  .filter((n) => existsSync(join(repo, n)))
  .map((path) => ({ path, text: readFileSync(join(repo, path), "utf8") }));
const facts = inspect.facts({ project, texts, paths, options });
console.log(facts);
if (!facts.ok) process.exit(1);
const out = ".symbiotic/out/try-pytest";
rmSync(join(repo, out), { recursive: true, force: true });
mkdirSync(join(repo, out), { recursive: true });
const tool = {
  name: "pytest",
  version: "9",
  advisory: false,
  detected: detectedText === "cov" ? ["pytest-cov"] : [],
  argv: plain === "plain" ? [python, "-c", "import pytest,sys;sys.exit(pytest.main())"] : [python, "-m", "pytest"],
  origin: "x",
};
const context = { options, facts: facts.value, project, upstream: [], tool, out };
const cmd = command(context as never);
console.log(cmd.argv.filter((a) => a.length < 300).join(" "));
const t = Date.now();
const done = spawnSync(cmd.argv[0], cmd.argv.slice(1), {
  cwd: join(repo, root),
  env: { ...process.env, ...cmd.env },
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
console.log("ms", Date.now() - t, "exit", done.status);
console.log(done.stdout.slice(-1500), done.stderr.slice(-1500));
const files = Object.fromEntries(
  READS.filter((n) => existsSync(join(repo, out, n))).map((n) => [n, readFileSync(join(repo, out, n), "utf8")]),
);
const result = { exitCode: done.status ?? -1, stdout: done.stdout, stderr: done.stderr, files };
const parsed = parse(result, context as never);
if (!parsed.ok) {
  console.log(parsed);
  process.exit(1);
}
console.log(
  parsed.value.status,
  parsed.value.summary,
  parsed.value.evidence.tests.length,
  JSON.stringify(parsed.value.evidence).length,
  parsed.value.evidence.metrics,
);
console.log(parsed.value.evidence.tests.filter((x) => x.outcome === "failed" || x.outcome === "error").slice(0, 5));
const settled = [
  {
    project: "p",
    atom: "run_pytest_unit_with_coverage",
    status: parsed.value.status,
    advisory: false,
    evidence: parsed.value.evidence,
  },
];
for (const gate of [testsPassed, coverage])
  console.log(gate.decide({ ...context, tasks: settled, threshold: null } as never), gate.required(context as never));
writeFileSync("/tmp/last-evidence.json", JSON.stringify(parsed.value.evidence));
// fall back
const { "report.json": _, ...rest } = files;
const fallback = parse({ ...result, files: rest }, context as never);
if (fallback.ok) {
  const a = new Map(parsed.value.evidence.tests.map((x) => [x.id, x.outcome])),
    b = new Map(fallback.value.evidence.tests.map((x) => [x.id, x.outcome]));
  console.log(
    "junit",
    fallback.value.summary,
    "differ",
    [...a].filter(([k, v]) => b.get(k) !== v).slice(0, 5),
    [...b].filter(([k]) => !a.has(k)).slice(0, 5),
  );
} else console.log(fallback);
rmSync(join(repo, out), { recursive: true, force: true });
