import type { RepoPath } from "@symbiotic-build/engine";

/**
 * A command line for a POSIX shell that runs this one test, from the repository root. `{tool}` stands for how pytest is
 * started there; whoever prints the command puts it in.
 */
export function reproOf(root: RepoPath, id: string): string {
  const run = `{tool} ${quoted(id)}`;
  return root === "." ? run : `cd ${isPlain(root) ? root : quoted(root)} && ${run}`;
}

function isPlain(text: string): boolean {
  return /^[A-Za-z0-9_./+@%=:,-]+$/.test(text) && !text.startsWith("-");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
