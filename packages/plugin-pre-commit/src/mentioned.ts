import type { RepoPath } from "@symbiotic-build/engine";

/** Where a hook's output names a file. */
export interface Mention {
  /** The lines that name it, in order. */
  readonly lines: readonly string[];
  /** The first place in it that is named. */
  readonly at?: { readonly line: number; readonly column: number };
}

/** Which of the tracked files a hook's output names, and in which lines. */
export function mentionedIn(output: string, tracked: ReadonlySet<RepoPath>): ReadonlyMap<RepoPath, Mention> {
  const found = new Map<RepoPath, Mention>();
  for (const line of output.split("\n")) {
    for (const [file, at] of namesIn(line, tracked)) {
      const known = found.get(file);
      const place = known?.at ?? at;
      found.set(file, { lines: [...(known?.lines ?? []), line.trim()], ...(place === undefined ? {} : { at: place }) });
    }
  }
  return found;
}

function namesIn(line: string, tracked: ReadonlySet<RepoPath>): ReadonlyMap<RepoPath, Mention["at"]> {
  const found = new Map<RepoPath, Mention["at"]>();
  for (const text of candidatesIn(line)) {
    const [, named = "", row, column] = /^(.+?)(?:[:(](\d+)(?:[:,](\d+))?\D*.*)?$/s.exec(text) ?? [];
    for (const name of [text, named]) {
      const file = name
        .replaceAll("\\", "/")
        .replace(/^(\.\/)+/, "")
        .replace(/[:.,]+$/, "");
      if (!tracked.has(file) || found.get(file) !== undefined) continue;
      const isPlaced = row !== undefined && name === named && Number(row) > 0;
      found.set(file, isPlaced ? { line: Number(row), column: Math.max(1, Number(column ?? 1)) } : undefined);
    }
  }
  return found;
}

/** Names may hold blanks: so the line itself, what follows its first words, and what stands before a colon. */
function candidatesIn(line: string): readonly string[] {
  const text = line.trim();
  const words = text.split(/\s+/);
  const tails = [0, 1, 2].map((count) => words.slice(count).join(" "));
  const tokens = text.split(/[\s"'`<>|=[\]]+/);
  return [...new Set([...tails, ...tokens, ...tokens.map((token) => token.replace(/^[(,;]+|[),;.]+$/g, ""))])].filter(
    (each) => each !== "",
  );
}
