import { lageTasks } from "./task-counts.mjs";
import { TASKS } from "./tool.mjs";

/** @type {import("./tool.mjs").Tool} */
export const lage = {
  id: "lage",
  title: "lage",
  peer: "lage",
  copy: "lage",
  packages: ["lage"],
  program: ["lage/dist/lage.js"],
  byNode: true,
  run: TASKS,
  affected: [...TASKS, "--since", "main"],
  caches: ["node_modules/.cache"],
  env: {},
  tasks: lageTasks,
};
