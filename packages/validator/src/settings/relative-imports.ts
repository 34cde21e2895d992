import { parentOf, type RepoPath, type SourceText } from "@symbiotic-build/engine";

const ENDINGS = ["", ".js", ".cjs", ".mjs", ".ts", ".json", "/index.js"];

/**
 * The files of the repository that a settings file in JavaScript or JSON may mean by the relative paths in it (`./base.js`,
 * `../rules`), sorted as found. Some need not exist: a path without an ending is given with each that Node would try.
 */
export function relativeImports({ path, text }: SourceText): readonly RepoPath[] {
  const named = [...text.matchAll(/(["'`])(\.{1,2}\/[^"'`\n*{}$]+)\1/g)].map((match) => match[2] ?? "");
  const paths = named.flatMap((each) => {
    const joined = resolved(parentOf(path), each);
    if (joined === undefined) return [];
    return /\.\w+$/.test(joined) ? [joined] : ENDINGS.map((ending) => `${joined}${ending}`);
  });
  return [...new Set(paths)];
}

/** Undefined for what leaves the repository, and for its root. */
function resolved(folder: RepoPath, relative: string): RepoPath | undefined {
  const segments = folder === "." ? [] : folder.split("/");
  for (const segment of relative.split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== "." && segment !== "") segments.push(segment);
  }
  return segments.length === 0 ? undefined : segments.join("/");
}
