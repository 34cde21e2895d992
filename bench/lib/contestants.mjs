import { projectNode } from "../../scripts/lib/run.mjs";
import { symbioticBin, turboBins } from "./tools.mjs";

/**
 * @typedef {object} Contestant
 * @property {string} id
 * @property {string} title
 * @property {string[]} argv
 * @property {string[]} caches what a cold run must not find, from the root; nothing where it shares another's cache
 * @property {(output: string) => Hits | undefined} hits what the output says was served from the cache
 */

/** @typedef {{ total: number, cached: number }} Hits */

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
  const turbo = turboBins(repository);
  return [
    {
      id: "symbiotic",
      title: "`symbiotic run gates`",
      argv: [node, symbioticBin(), "run", "gates"],
      caches: [".git/symbiotic", ".symbiotic"],
      hits: symbioticHits,
    },
    {
      id: "turbo",
      title: "`turbo run lint format test`",
      argv: [node, turbo.launcher, "run", ...SCRIPTS],
      caches: [".turbo"],
      hits: turboHits,
    },
    {
      id: "turbo-native",
      title: "the same, native binary, `--output-logs=errors-only`",
      argv: [turbo.native, "run", ...SCRIPTS, "--output-logs=errors-only"],
      caches: [],
      hits: turboHits,
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

/** @param {string} output */
function symbioticHits(output) {
  const found = /^(\d+) tasks?, (\d+) cached/m.exec(output);
  return found ? { total: Number(found[1]), cached: Number(found[2]) } : undefined;
}

/** @param {string} output */
function turboHits(output) {
  const found = /Cached:\s+(\d+) cached, (\d+) total/.exec(output);
  return found ? { total: Number(found[2]), cached: Number(found[1]) } : undefined;
}
