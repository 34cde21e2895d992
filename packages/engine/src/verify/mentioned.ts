import { posix } from "node:path";
import { byCodeUnit } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";

/** Whose names say nothing: half of all tools print them. */
const COMMON = new Set([
  "index",
  "main",
  "test",
  "tests",
  "src",
  "lib",
  "setup",
  "__init__",
  "readme",
  "package",
  "config",
]);

/**
 * Those of the paths that a text mentions, the surest first: by the whole path from the root or from `folder`, by the
 * file's name, by its name without the ending as an import has it.
 */
export function mentionedPaths(text: string, paths: readonly RepoPath[], folder: RepoPath): readonly RepoPath[] {
  const plain = text.replaceAll("\\", "/");
  const words = new Set(plain.split(/[^\w.@+-]+/).flatMap((word) => [word, word.replace(/^\.+|[.:]+$/g, "")]));
  for (const dotted of [...words]) for (const part of dotted.split(".")) words.add(part);
  const ranked = paths.flatMap((path) => {
    const rank = rankOf(path, { plain, words, folder });
    return rank === 0 ? [] : [{ path, rank }];
  });
  return ranked.sort((a, b) => b.rank - a.rank || byCodeUnit(a.path, b.path)).map(({ path }) => path);
}

interface Seen {
  readonly plain: string;
  readonly words: ReadonlySet<string>;
  readonly folder: RepoPath;
}

function rankOf(path: RepoPath, { plain, words, folder }: Seen): number {
  const { base, name } = posix.parse(path);
  const isNamed = words.has(base) || (/[^\w.@+-]/.test(base) && plain.includes(base));
  const isWhole = path.includes("/") && (plain.includes(path) || plain.includes(posix.relative(folder, path)));
  if (isNamed && isWhole) return 3;
  if (isNamed) return 2;
  return name.length > 2 && !COMMON.has(name.toLowerCase()) && words.has(name) ? 1 : 0;
}
