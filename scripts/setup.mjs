// All set-up that a fresh clone needs: packages, build, and what the tests run: Python tools, agents, a browser, other Nodes, npm's cache. Fast when nothing changed.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { setUpAgents } from "./lib/agents.mjs";
import { setUpBrowser } from "./lib/browser.mjs";
import { buildIsFresh, digestOf, readStamp, writeStamp } from "./lib/digest.mjs";
import { setUpNodes } from "./lib/nodes.mjs";
import { setUpPacked } from "./lib/packed.mjs";
import { PACKAGES, ROOT } from "./lib/paths.mjs";
import { setUpPython } from "./lib/python.mjs";
import { setUpValidators } from "./lib/validators.mjs";
import { must, pnpm, projectNode, script } from "./lib/run.mjs";

/** Brings the clone into the state in which every other script runs. */
export function setUp() {
  install();
  if (!buildIsFresh()) must(projectNode(), [join(ROOT, "scripts/build.mjs")]);
  setUpPython();
  setUpValidators();
  setUpAgents();
  setUpBrowser();
  setUpNodes();
  setUpPacked();
}

function install() {
  const manifests = PACKAGES.map((name) => `packages/${name}/package.json`);
  const wanted = digestOf(["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ...manifests]);
  if (existsSync(join(ROOT, "node_modules/.modules.yaml")) && readStamp("install") === wanted) return;
  pnpm(["install", "--frozen-lockfile", "--loglevel=error"]);
  writeStamp("install", wanted);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await script(setUp);
