import { nxTasks } from "./task-counts.mjs";
import { TASKS } from "./tool.mjs";

/** @typedef {import("./tool.mjs").Tool} Tool */

/** Nx without its server. */
/** @type {Tool} */
export const nx = {
  id: "nx",
  title: "nx",
  peer: "nx",
  copy: "nx",
  packages: ["nx"],
  program: ["nx/dist/bin/nx.js"],
  byNode: true,
  run: ["run-many", "-t", ...TASKS],
  affected: ["affected", "-t", ...TASKS, "--base=main"],
  version: ["--version"],
  caches: [],
  homeCaches: [".nx"],
  env: { NX_DAEMON: "false" },
  tasks: nxTasks,
};

/** Nx with its server, as it is outside of CI: the server is up and has seen the repository. */
/** @type {Tool} */
export const nxDaemon = {
  ...nx,
  id: "nx-daemon",
  title: "nx, its daemon running",
  env: { NX_DAEMON: "true" },
  stop: ["daemon", "--stop"],
};
