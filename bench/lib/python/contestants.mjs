import { join } from "node:path";
import { projectNode } from "../../../scripts/lib/run.mjs";
import { symbioticBin } from "../packed.mjs";
import { symbioticTasks, turboTasks } from "../tools/task-counts.mjs";
import { nativeTurbo } from "../tools/turbo.mjs";

/** @typedef {import("../tools/task-counts.mjs").TaskCounts} TaskCounts */

/**
 * @typedef {object} Contestant
 * @property {string} id
 * @property {string} title
 * @property {string[]} argv
 * @property {string[]} caches what a cold run must not find, from the root; nothing where it shares another's cache
 * @property {(output: string) => TaskCounts | undefined} tasks what the output says was run
 */

/** The scripts that do what the target `gates` does. */
const SCRIPTS = ["lint", "format", "test"];

/**
 * What is measured against each other: Turborepo once as people type it, and once without its launcher and without
 * replaying the logs of what it did not run.
 * @param {string} repository
 * @returns {Contestant[]}
 */
export function contestants(repository) {
  const node = projectNode();
  const modules = join(repository, "node_modules");
  return [
    {
      id: "symbiotic",
      title: "`symbiotic run gates`",
      argv: [node, symbioticBin(), "run", "gates"],
      caches: [".git/symbiotic", ".symbiotic"],
      tasks: symbioticTasks,
    },
    {
      id: "turbo",
      title: "`turbo run lint format test`",
      argv: [node, join(modules, "turbo/bin/turbo"), "run", ...SCRIPTS],
      caches: [".turbo"],
      tasks: turboTasks,
    },
    {
      id: "turbo-native",
      title: "the same, native binary, `--output-logs=errors-only`",
      argv: [join(modules, nativeTurbo()), "run", ...SCRIPTS, "--output-logs=errors-only"],
      caches: [],
      tasks: turboTasks,
    },
  ];
}

/** What nobody who starts Node, or asks git, can be faster than. */
export function floors() {
  return [
    { id: "node", title: "`node -e 0`", argv: [projectNode(), "-e", "0"] },
    { id: "git-ls-files", title: "`git ls-files -s -z`", argv: ["git", "ls-files", "-s", "-z"] },
    { id: "git-status", title: "`git status --porcelain`", argv: ["git", "status", "--porcelain"] },
  ];
}
