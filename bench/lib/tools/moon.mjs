import { moonTasks } from "./task-counts.mjs";
import { TASKS } from "./tool.mjs";

const TARGETS = TASKS.map((task) => `:${task}`);

/** @type {import("./tool.mjs").Tool} */
export const moon = {
  id: "moon",
  title: "moon",
  peer: "moon",
  copy: "moon",
  packages: ["@moonrepo/cli"],
  program: ["@moonrepo/cli/moon.js"],
  byNode: true,
  run: ["run", ...TARGETS],
  affected: ["run", ...TARGETS, "--affected"],
  version: ["--version"],
  caches: [],
  env: {},
  tasks: moonTasks,
};
