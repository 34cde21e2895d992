import type { SourceText } from "@symbiotic-build/engine";

/** The ids of the hooks that pre-commit configurations name, read line by line: no more is asked of the file here. */
export function hookIds(texts: readonly SourceText[]): ReadonlySet<string> {
  return new Set(linesOf(texts).flatMap((line) => valuesOf(line, "id")));
}

/** The revision of the hooks whose repository's address ends like this: `v0.4.10` for `/ruff-pre-commit`. */
export function hookRevision(texts: readonly SourceText[], repository: string): string | null {
  let isMeant = false;
  for (const line of linesOf(texts)) {
    const [repo] = valuesOf(line, "repo");
    if (repo !== undefined) isMeant = repo.replace(/\.git$|\/$/, "").endsWith(repository);
    const [revision] = valuesOf(line, "rev");
    if (isMeant && revision !== undefined) return revision;
  }
  return null;
}

function linesOf(texts: readonly SourceText[]): string[] {
  return texts
    .filter(({ path }) => /(^|\/)\.pre-commit-config\.ya?ml$/.test(path))
    .flatMap(({ text }) => text.split(/\r?\n/))
    .map((line) => line.replace(/(^|\s)#.*$/, ""));
}

function valuesOf(line: string, key: string): string[] {
  const pattern = new RegExp(`(?:^|[\\s{,-])["']?${key}["']?:\\s*["']?([^\\s"',}]+)`, "g");
  return [...line.matchAll(pattern)].map((match) => match[1] ?? "");
}
