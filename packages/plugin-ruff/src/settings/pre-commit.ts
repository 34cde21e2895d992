import type { SourceText } from "@symbiotic-build/engine";

/** What a pre-commit configuration says about ruff and black. */
export interface Hooks {
  readonly lintsWithRuff: boolean;
  readonly formatsWithRuff: boolean;
  readonly formatsWithBlack: boolean;
  /** The release of ruff's hooks: `v0.4.10`. */
  readonly ruffRevision: string | null;
}

/** Reads the hooks' ids line by line, which is all that is asked of the file here. */
export function readHooks(texts: readonly SourceText[]): Hooks {
  const lines = texts
    .filter((text) => text.path.endsWith(".pre-commit-config.yaml"))
    .flatMap((text) => text.text.split(/\r?\n/))
    .map((line) => line.replace(/(^|\s)#.*$/, ""));
  const ids = new Set(lines.flatMap((line) => valuesOf(line, "id")));
  return {
    lintsWithRuff: ids.has("ruff") || ids.has("ruff-check"),
    formatsWithRuff: ids.has("ruff-format"),
    formatsWithBlack: ids.has("black") || ids.has("black-jupyter"),
    ruffRevision: revisionOf(lines),
  };
}

function revisionOf(lines: readonly string[]): string | null {
  let isRuff = false;
  for (const line of lines) {
    const [repo] = valuesOf(line, "repo");
    if (repo !== undefined) isRuff = repo.replace(/\.git$|\/$/, "").endsWith("/ruff-pre-commit");
    const [revision] = valuesOf(line, "rev");
    if (isRuff && revision !== undefined) return revision;
  }
  return null;
}

function valuesOf(line: string, key: string): string[] {
  const pattern = new RegExp(`(?:^|[\\s{,-])["']?${key}["']?:\\s*["']?([^\\s"',}]+)`, "g");
  return [...line.matchAll(pattern)].map((match) => match[1] ?? "");
}
