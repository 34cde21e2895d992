import { projectNode, ScriptError } from "../../../scripts/lib/run.mjs";
import { digestOfSources } from "../../../scripts/lib/digest.mjs";
import { installedSources } from "../packed.mjs";
import { machine, today, versionOf } from "../results.mjs";
import { PEERS } from "../versions.mjs";
import { planProjects } from "./plan.mjs";

/** @typedef {import("../tools/tool.mjs").Tool} Tool */
/** @typedef {import("./write-repository.mjs").Written} Written */

/**
 * @typedef {object} Results everything that is kept of a series; nothing in it tells whose machine it was
 * @property {2} format
 * @property {string} name
 * @property {string} kind
 * @property {string} day
 * @property {import("../results.mjs").Machine} machine
 * @property {Record<string, string>} versions of programs; `sources` is a digest of ours
 * @property {{ projects: number, filesOfProject: number, edges: number, files: number, bytes: number }} repository
 * @property {readonly string[]} measured ids of tools and floors
 * @property {import("../results.mjs").Round[]} rounds
 */

/**
 * @param {import("./series.mjs").Series} series
 * @param {{ tools: readonly Tool[], measured: readonly string[], written: Written, workspace: boolean }} made
 * @returns {Results}
 */
export function newResults({ name, kind, size }, { tools, measured, written, workspace }) {
  const plan = planProjects(size.projects);
  return {
    format: 2,
    name,
    kind,
    day: today(),
    machine: machine(),
    versions: versionsOf(tools, workspace),
    repository: {
      projects: size.projects,
      filesOfProject: size.files,
      edges: plan.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0),
      ...written,
    },
    measured,
    rounds: [],
  };
}

/**
 * Makes sure that the rounds to come can stand beside those that are there.
 * @param {Results} kept
 * @param {Results} fresh
 */
export function checkSame(kept, fresh) {
  for (const part of /** @type {const} */ (["versions", "repository", "measured", "machine"]))
    if (JSON.stringify(kept[part]) !== JSON.stringify(fresh[part]))
      throw new ScriptError(`the series ${kept.name} was begun with other ${part}; begin it again without --resume`);
}

/**
 * @param {readonly Tool[]} tools
 * @param {boolean} workspace
 * @returns {Record<string, string>}
 */
function versionsOf(tools, workspace) {
  const ours = workspace ? `${digestOfSources().slice(0, 12)}, unpacked` : (installedSources() ?? "unknown");
  const peers = ["pnpm", ...tools.flatMap(({ peer }) => peer ?? [])];
  return {
    ...(tools.some(({ peer }) => peer === undefined) ? { sources: ours } : {}),
    node: versionOf(projectNode()),
    git: versionOf("git"),
    ...Object.fromEntries(peers.map((peer) => [peer, PEERS[peer]?.version ?? "unknown"])),
  };
}
