import picomatch from "picomatch";

/** Whether a path is meant. */
export type Matches = (path: string) => boolean;

const GLOB = /[*?[{(!+@]/;

/**
 * What a list of globs means: any of them, less those with `!` in front. A leading `./` and an ending `/` say nothing.
 * Lists of plain paths are looked up, however long they are.
 */
export function matcherOf(globs: readonly string[]): Matches {
  const wanted = matcherOfSome(globs.filter((glob) => !glob.startsWith("!")));
  const unwanted = matcherOfSome(globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)));
  return (path) => wanted(path) && !unwanted(path);
}

function matcherOfSome(globs: readonly string[]): Matches {
  const tidy = globs.map((glob) => glob.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "") || ".");
  const plain = new Set(tidy.filter((glob) => !isGlob(glob)));
  const patterns = tidy.filter(isGlob);
  const matches = patterns.length === 0 ? () => false : picomatch(patterns, { windows: false });
  return (path) => plain.has(path) || matches(path);
}

/** `@scope/name` is no pattern. */
function isGlob(text: string): boolean {
  return GLOB.test(text.replaceAll(/@(?!\()/g, ""));
}
