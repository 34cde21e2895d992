import { absentAt, digestAt, kindAt, pathAt, type SeenPath, type SeenTable } from "./seen-paths.ts";

/** What an earlier run saw and what still is so, by path. */
export interface KnownRows {
  /** What is known of a path; undefined where nothing is. */
  find(path: string): Pick<SeenPath, "kind" | "digest"> | undefined;
}

/** The rows of a table but for those at some places, which are known to hold no more. */
export function knownRows(table: SeenTable, gone: ReadonlySet<number>): KnownRows {
  const rows = new Map<string, number>();
  const absent = new Map<string, ReadonlySet<string>>();
  for (let at = 0; at < table.paths.length; at += 1) {
    if (gone.has(at)) continue;
    const path = pathAt(table, at);
    rows.set(path, at);
    if (kindAt(table, at) === "parent") absent.set(path, new Set(absentAt(table, at)));
  }
  return {
    find(path) {
      const at = rows.get(path);
      if (at !== undefined) return { kind: kindAt(table, at), digest: digestAt(table, at) };
      const cut = path.lastIndexOf("/");
      const isAbsent = absent.get(folderAbove(path, cut))?.has(path.slice(cut + 1)) === true;
      return isAbsent ? { kind: "absent", digest: "" } : undefined;
    },
  };
}

function folderAbove(path: string, cut: number): string {
  if (cut < 0) return ".";
  return cut === 0 ? "/" : path.slice(0, cut);
}
