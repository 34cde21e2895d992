/**
 * What processes are started behind, where what they run is code that nobody answers for: a sandbox. Gives the words that come before a
 * command line; the option for its folder comes after them.
 */
export type Hold = (needs: HoldNeeds) => readonly [string, ...string[]];

/** What a process in a hold has to see and may write, beside its tree; absolute. */
export interface HoldNeeds {
  readonly programs: readonly string[];
  readonly writes: readonly string[];
}

/** A command line behind what holds it. A shell is a program like any other there. */
export function behind(
  held: readonly string[] | undefined,
  words: readonly [string, ...string[]],
  { cwd, shell = false }: { readonly cwd: string; readonly shell?: boolean },
): readonly [string, ...string[]] {
  const [holder, ...options] = held ?? [];
  if (holder === undefined) return words;
  return [holder, ...options, "--chdir", cwd, "--", ...(shell ? ["/bin/sh", "-c"] : []), ...words];
}
