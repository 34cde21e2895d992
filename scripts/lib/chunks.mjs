/**
 * Puts what is loaded together into few files: finding and linking a file costs more than running what is in it. A module
 * belongs to the first chunk that reaches it by static imports.
 * @param {Readonly<Record<string, readonly string[]>>} chunks the modules that each begins with, by its name
 * @returns {import("rolldown").CodeSplittingGroup[]}
 */
export function chunkGroups(chunks) {
  const names = Object.keys(chunks);
  return names.map((name, at) => ({
    debugName: name,
    priority: names.length - at,
    name: memberOf(name, chunks[name] ?? []),
  }));
}

/**
 * @param {string} name
 * @param {readonly string[]} entries
 * @returns {(id: string, context: { getModuleInfo(id: string): { importedIds?: readonly string[] } | null }) => string | null}
 */
function memberOf(name, entries) {
  /** @type {Set<string> | undefined} */
  let reached;
  return (id, context) => {
    reached ??= reachable(entries, (each) => context.getModuleInfo(each)?.importedIds ?? []);
    return reached.has(id) ? name : null;
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
