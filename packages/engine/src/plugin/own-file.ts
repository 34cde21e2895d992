/**
 * What is wrong with the name of a file in a task's own folder, in a few words; undefined where nothing is. A name that is right is the
 * path of a file below that folder on every system.
 */
export function ownFileProblem(name: unknown): string | undefined {
  if (typeof name !== "string") return "it is no text";
  if (name.split("/").some((segment) => segment === "" || segment === "." || segment === ".."))
    return "it is not the path of a file below the task's folder";
  if (/[\\:\0]/.test(name) || !name.isWellFormed()) return "it is not a path everywhere";
  return undefined;
}

/** What is wrong with these names together. Two that differ only in case are one file to some systems. */
export function ownFilesProblem(names: readonly unknown[]): string | undefined {
  const seen = new Set<string>();
  for (const name of names) {
    const why = ownFileProblem(name);
    if (why !== undefined) return `${JSON.stringify(name)}: ${why}`;
    const plain = String(name).toLowerCase();
    if (seen.has(plain)) return `${JSON.stringify(name)}: it is given twice`;
    seen.add(plain);
  }
  return undefined;
}
