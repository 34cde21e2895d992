import { createHash } from "node:crypto";
import { BaseSequencer } from "vitest/node";

/** The longest first, so that no worker is left alone with one of them at the end. */
const LEVELS = ["binary", "rig", "unit"];

/** Test files level by level, within each in an order that the seed decides. */
export class LevelSequencer extends BaseSequencer {
  /**
   * @override
   * @param {import("vitest/node").TestSpecification[]} files
   */
  async sort(files) {
    const { seed } = this.ctx.config.sequence;
    const places = new Map(files.map((file) => [file, placeOf(file, seed)]));
    return [...files].sort((a, b) => ((places.get(a) ?? "") < (places.get(b) ?? "") ? -1 : 1));
  }
}

/**
 * @param {import("vitest/node").TestSpecification} file
 * @param {number} seed
 */
function placeOf({ project, moduleId }, seed) {
  const chance = createHash("sha256").update(`${seed} ${moduleId}`).digest("hex");
  return `${LEVELS.indexOf(project.name)} ${chance}`;
}
