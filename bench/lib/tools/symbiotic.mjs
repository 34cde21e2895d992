import { symbioticTasks } from "./task-counts.mjs";
import { TASKS } from "./tool.mjs";

/** @type {import("./tool.mjs").Tool} */
export const symbiotic = {
  id: "symbiotic",
  title: "symbiotic",
  copy: "symbiotic",
  packages: ["@symbiotic-build"],
  program: ["@symbiotic-build/cli/bin/symbiotic.js"],
  byNode: true,
  run: ["run", ...TASKS],
  affected: ["run", ...TASKS, "--affected", "--base", "main"],
  version: ["--version"],
  caches: [".git/symbiotic"],
  env: {},
  tasks: symbioticTasks,
};

/**
 * Why a task of a project missed.
 * @param {string} project
 */
export function whyArguments(project) {
  return ["why", `${project}:run_build_script`];
}
