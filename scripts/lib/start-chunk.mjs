/**
 * Puts into one chunk what every start loads: finding and linking a module costs more than running it, and a run of which
 * everything is known is over in the time that thirty of them take.
 * @param {readonly string[]} entries the modules whose static imports belong together
 * @returns {(id: string, context: { getModuleInfo(id: string): { importedIds?: readonly string[] } | null }) => string | null}
 */
export function startChunk(entries) {
  /** @type {Set<string> | undefined} */
  let reached;
  return (id, context) => {
    reached ??= reachable(entries, (each) => context.getModuleInfo(each)?.importedIds ?? []);
    return reached.has(id) ? "start" : null;
  };
}

/**
 * @param {readonly string[]} entries
 * @param {(id: string) => readonly string[]} importsOf
 */
function reachable(entries, importsOf) {
  const reached = new Set(entries);
  for (const id of reached) for (const imported of importsOf(id)) reached.add(imported);
  return reached;
}
