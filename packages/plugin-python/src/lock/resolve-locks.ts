import { isInside, parentOf, relativeTo, type RepoPath, type SourceText } from "@symbiotic-build/engine";
import { parseToml, type Table } from "../manifest/toml.ts";
import { baseName } from "../paths.ts";
import { poetryResolve } from "./poetry-lock.ts";
import { uvResolve, type Resolve } from "./uv-lock.ts";

/** The lockfiles that discovery reads. */
export const READ_LOCKS: readonly string[] = ["**/uv.lock", "**/poetry.lock"];

const READERS: Readonly<Record<string, (lock: Table) => Resolve | undefined>> = {
  "uv.lock": uvResolve,
  "poetry.lock": poetryResolve,
};

/** Whether a file is a lock that is read for what it resolves. */
export function isReadLock(path: RepoPath): boolean {
  return Object.hasOwn(READERS, baseName(path));
}

/** Gives what each of these locks resolves for the project in a folder, by the lock's path; a lock that does not say it is left out. */
export type ResolvedBy = (folder: RepoPath, locks: readonly RepoPath[]) => Readonly<Record<RepoPath, string>>;

/** Reads the lockfiles among these files, each when it is first asked about. */
export function resolveLocks(files: readonly SourceText[]): ResolvedBy {
  const byPath = new Map(files.flatMap((file) => (isReadLock(file.path) ? [[file.path, file]] : [])));
  if (byPath.size === 0) return () => ({});
  return (folder, locks) => {
    const found: Record<RepoPath, string> = {};
    for (const path of locks) {
      const file = byPath.get(path);
      const at = parentOf(path);
      const digest = file === undefined || !isInside(at, folder) ? undefined : read(file)?.(relativeTo(at, folder));
      if (digest !== undefined) found[path] = digest;
    }
    return found;
  };
}

const known = new WeakMap<SourceText, { readonly resolve: Resolve | undefined }>();

/** A lock that is broken says nothing: whoever installs from it is told. */
function read(file: SourceText): Resolve | undefined {
  const made = known.get(file) ?? { resolve: parse(file) };
  known.set(file, made);
  return made.resolve;
}

function parse(file: SourceText): Resolve | undefined {
  const table = parseToml(file);
  return table.ok ? READERS[baseName(file.path)]?.(table.value) : undefined;
}
