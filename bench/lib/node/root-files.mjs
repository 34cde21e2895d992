import { PNPM } from "../versions.mjs";
import { symbioticConfig } from "./symbiotic-config.mjs";

/** @typedef {import("./plan.mjs").Project} Project */

/** The folder, from the root, that holds all projects. */
export const PROJECTS = "packages";

/** What is made and never committed. */
const IGNORED = ["node_modules/", "dist/", ".turbo/", ".nx/", ".moon/cache/", ".symbiotic/", "artifacts/"];

/**
 * The files at the root: the workspace, and how each tool is told of the same three tasks.
 * @returns {[path: string, text: string][]}
 */
export function rootFiles() {
  return [
    [".gitignore", `${IGNORED.join("\n")}\n`],
    ["package.json", json({ name: "bench", private: true, packageManager: `pnpm@${PNPM}` })],
    ["pnpm-workspace.yaml", `packages:\n  - ${PROJECTS}/*\nverifyDepsBeforeRun: false\npmOnFail: ignore\n`],
    ["symbiotic.config.ts", symbioticConfig()],
    ["turbo.json", json(TURBO)],
    ["nx.json", json(NX)],
    ["lage.config.js", LAGE],
    [".moon/workspace.yml", MOON],
  ];
}

/** Without `inputs` the files of the package are the inputs, which Turborepo finds fastest. */
const TURBO = {
  $schema: "https://turborepo.com/schema.json",
  ui: "stream",
  tasks: {
    build: { dependsOn: ["^build"], outputs: ["dist/**"] },
    lint: {},
    test: { dependsOn: ["build"] },
  },
};

/** Nx has no keys of upstream tasks in a key; the sources of what a project depends on are the idiom for that. */
const NX = {
  analytics: false,
  neverConnectToCloud: true,
  tui: { enabled: false },
  defaultBase: "main",
  namedInputs: { own: ["{projectRoot}/**/*"] },
  targetDefaults: {
    build: { cache: true, dependsOn: ["^build"], inputs: ["own", "^own"], outputs: ["{projectRoot}/dist"] },
    lint: { cache: true, inputs: ["own"] },
    test: { cache: true, dependsOn: ["build"], inputs: ["own", "^own"] },
  },
};

const LAGE = `module.exports = {
  npmClient: "pnpm",
  pipeline: {
    build: { dependsOn: ["^build"], outputs: ["dist/**"] },
    lint: { outputs: [] },
    test: { dependsOn: ["build"], outputs: [] },
  },
};
`;

/** Finding files by globs instead of by git is several times faster for moon. */
const MOON = `projects:
  - ${PROJECTS}/*
telemetry: false
vcs:
  defaultBranch: main
hasher:
  walkStrategy: glob
`;

/** @param {unknown} value */
function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
