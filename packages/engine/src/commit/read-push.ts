/** What became of the remote's branch. */
export type PushedAs = "new" | "updated" | "replaced" | "same";

const FLAGS: Readonly<Record<string, PushedAs>> = { "*": "new", " ": "updated", "+": "replaced", "=": "same" };

/** What `git push --porcelain` says of a branch; nothing where it does not say that the remote has it. */
export function pushedIn(printed: string, ref: string): PushedAs | undefined {
  const found = printed.split("\n").flatMap((line) => {
    const [flag = "", refs = ""] = line.split("\t");
    return refs.endsWith(`:${ref}`) ? [FLAGS[flag]] : [];
  });
  // A remote may have several addresses.
  return found.includes(undefined) ? undefined : found[0];
}
