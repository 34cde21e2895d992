import { closureDigests, type LockedPackage } from "@symbiotic-build/engine";
import { stringAt, tableAt, tablesIn, valueAt, type Table } from "../manifest/toml.ts";

/** What a lockfile resolves for a project, by its folder relative to the lockfile's; `undefined` for one that it does not know. */
export type Resolve = (folder: string) => string | undefined;

/**
 * What a `uv.lock` of version 1 resolves; `undefined` for any other table. Extras, groups and what is for other platforms
 * count, and so does all that the workspace's root needs: the members share its environment.
 */
export function uvResolve(lock: Table): Resolve | undefined {
  if (lock["version"] !== 1) return undefined;
  const all = tablesIn(lock["package"]);
  const find = finder(all);
  const needsOf = (lists: readonly unknown[]): LockedPackage["needs"] =>
    lists
      .flatMap(tablesIn)
      .flatMap((wanted) => find(wanted).map((id) => [stringAt(wanted, "name") ?? "", id] as const));
  const packages = new Map<string, LockedPackage>();
  const members = new Map<string, LockedPackage["needs"]>();
  for (const [index, each] of all.entries()) {
    const [runs, develops] = [needsOf(runLists(each)), needsOf(listsIn(each, "dev-dependencies"))];
    packages.set(String(index), { label: labelOf(each), needs: runs });
    const folder = folderOf(each);
    if (folder !== undefined) members.set(folder, [...runs, ...develops]);
  }
  const shared = [...(members.get(".") ?? []), ...needsOf(listsIn(tableAt(lock, "manifest"), "dependency-groups"))];
  const digest = closureDigests(packages);
  return (folder) => {
    const own = members.get(folder);
    return own === undefined ? undefined : digest([...own, ...shared.map(([name, id]) => [`/${name}`, id] as const)]);
  };
}

function runLists(locked: Table): unknown[] {
  return [locked["dependencies"], ...listsIn(locked, "optional-dependencies")];
}

function listsIn(table: Table, key: string): unknown[] {
  return Object.values(tableAt(table, key));
}

/** Where several have one name, what is wanted names the version or the source as well; where it does not, all count. */
function finder(all: readonly Table[]): (wanted: Table) => string[] {
  const named = Map.groupBy(all.entries(), ([, each]) => stringAt(each, "name"));
  return (wanted) => {
    const candidates = named.get(stringAt(wanted, "name")) ?? [];
    if (candidates.length === 1) return candidates.map(([index]) => String(index));
    return candidates
      .filter(([, each]) =>
        ["version", "source"].every((key) => wanted[key] === undefined || isSame(each, wanted, key)),
      )
      .map(([index]) => String(index));
  };
}

function isSame(a: Table, b: Table, key: string): boolean {
  return JSON.stringify(a[key]) === JSON.stringify(b[key]);
}

/** Sizes and times of upload are left out, as another release of uv writes others, and the versions of the repository's own. */
function labelOf(locked: Table): string {
  const files = [...tablesIn(locked["sdist"]), ...tablesIn(locked["wheels"])].map(
    (file) => stringAt(file, "hash") ?? stringAt(file, "url") ?? stringAt(file, "path") ?? "",
  );
  const version = folderOf(locked) === undefined ? locked["version"] : null;
  return JSON.stringify([locked["name"], version, locked["source"], files.sort()]);
}

/** The folder of a package that is one of the repository's own. */
function folderOf(locked: Table): string | undefined {
  return ["editable", "virtual", "directory"]
    .map((kind) => valueAt(locked, "source", kind))
    .find((path) => typeof path === "string");
}
