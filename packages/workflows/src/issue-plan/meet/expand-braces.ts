/** More alternatives than these are not told apart: then the glob stands for all below the folder that it begins with. */
const MOST = 64;

/** The globs that one with `{a,b}` stands for. */
export function expandBraces(glob: string): readonly string[] {
  let open = [glob];
  for (let round = 0; round < MOST; round += 1) {
    const next = open.flatMap(firstExpanded);
    if (next.length > MOST) return [`${(glob.split("{")[0] ?? "").replace(/[^/]*$/, "")}**`];
    if (next.length === open.length && next.every((each, index) => each === open[index])) return next;
    open = next;
  }
  return open;
}

function firstExpanded(glob: string): readonly string[] {
  const found = /\{([^{}]*)\}/.exec(glob);
  if (found === null) return [glob];
  const [whole, inner = ""] = found;
  const [before, after] = [glob.slice(0, found.index), glob.slice(found.index + whole.length)];
  return inner.split(",").map((each) => `${before}${each}${after}`);
}
