import { join } from "node:path";
import { ROOT } from "./paths.mjs";
import { binOf, projectNode, status } from "./run.mjs";

/** @typedef {{ name: string, argv: () => string[], needsBuild?: boolean }} Step */

/**
 * Everything that is checked beside the tests, as command lines for Node. One list, so that a contributor, `.ci/run` and
 * the workflow check the same.
 * @type {readonly Step[]}
 */
export const STEPS = [
  { name: "repository", argv: () => [join(ROOT, "scripts/check-repo.mjs")] },
  { name: "links", argv: () => [join(ROOT, "scripts/check-links.mjs")] },
  { name: "codes", argv: () => [join(ROOT, "scripts/check-codes.mjs")] },
  { name: "config-schema", argv: () => [join(ROOT, "scripts/config-schema.mjs"), "--check"] },
  { name: "event-schema", argv: () => [join(ROOT, "scripts/event-schema.mjs"), "--check"] },
  { name: "recorder-files", argv: () => [join(ROOT, "scripts/recorder-files.mjs"), "--check"] },
  {
    name: "validators",
    argv: () => ["--conditions=@symbiotic-build/source", join(ROOT, "scripts/check-validators.mjs")],
  },
  { name: "format", argv: () => [binOf("@biomejs/biome", "biome"), "format", "."] },
  { name: "types", argv: () => [binOf("ts7", "tsc"), "-p", "tsconfig.json"] },
  { name: "page-types", argv: () => [binOf("ts7", "tsc"), "-p", "packages/engine/src/report/graph/page"] },
  { name: "triage-types", argv: () => [binOf("ts7", "tsc"), "-p", "packages/engine/src/report/page-triage/page"] },
  { name: "scripts-types", argv: () => [binOf("ts7", "tsc"), "-p", "scripts"] },
  { name: "type-tests", argv: () => [binOf("ts7", "tsc"), "-p", "scripts/tsconfig.types.json"], needsBuild: true },
  { name: "eslint", argv: () => [binOf("eslint"), "--max-warnings", "0", "."] },
  { name: "knip", argv: () => [binOf("knip"), "--no-config-hints"] },
  { name: "publint", argv: () => [join(ROOT, "scripts/publint.mjs")], needsBuild: true },
];

/**
 * Runs every step, also after one failed.
 * @param {readonly Step[]} steps
 * @returns {string[]} the names of those that failed
 */
export function runSteps(steps) {
  return steps
    .filter(({ name, argv }) => timed(name, () => status(projectNode(), argv())) !== 0)
    .map(({ name }) => name);
}

/**
 * Runs a part and prints how long it took.
 * @template T
 * @param {string} name
 * @param {() => T} part
 * @returns {T}
 */
export function timed(name, part) {
  process.stdout.write(`\n== ${name}\n`);
  const start = performance.now();
  const result = part();
  process.stdout.write(`== ${name}: ${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}
