/** @typedef {{ total: number, executed: number }} TaskCounts how many tasks a run had, and how many of them it ran */

/**
 * @param {string} output of Symbiotic
 * @returns {TaskCounts | undefined}
 */
export function symbioticTasks(output) {
  const all = /^(\d+) tasks?, \d+ cached/m.exec(output);
  if (all) return { total: Number(all[1]), executed: 0 };
  const some = /(?:^|· )(\d+) tasks?:(?: (\d+) run)?,?(?: \d+ cached)?(?:,? \d+ skipped)?(?: ·|$)/m.exec(output);
  return some ? { total: Number(some[1]), executed: Number(some[2] ?? 0) } : undefined;
}

/**
 * @param {string} output of Turborepo
 * @returns {TaskCounts | undefined}
 */
export function turboTasks(output) {
  return counts(/Cached:\s+(\d+) cached, (\d+) total/.exec(output));
}

/**
 * @param {string} output of Nx
 * @returns {TaskCounts | undefined}
 */
export function nxTasks(output) {
  return counts(/Cache:\s+(\d+)\/(\d+) hit/.exec(output));
}

/**
 * @param {string} output of moon
 * @returns {TaskCounts | undefined}
 */
export function moonTasks(output) {
  const found = /Tasks: (\d+) completed(?: \((\d+) cached\))?/.exec(output);
  return found ? { total: Number(found[1]), executed: Number(found[1]) - Number(found[2] ?? 0) } : undefined;
}

/**
 * @param {string} output of lage
 * @returns {TaskCounts | undefined}
 */
export function lageTasks(output) {
  const found = /success: (\d+), skipped: (\d+), pending: 0, aborted: 0, failed: 0/.exec(output);
  return found ? { total: Number(found[1]) + Number(found[2]), executed: Number(found[1]) } : undefined;
}

/** @param {RegExpExecArray | null} found cached, then all */
function counts(found) {
  return found ? { total: Number(found[2]), executed: Number(found[2]) - Number(found[1]) } : undefined;
}
