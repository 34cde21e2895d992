import { closureDigests } from "@symbiotic-build/engine";
import { stringAt, tableAt, tablesIn, type Table } from "../manifest/toml.ts";
import type { Resolve } from "./uv-lock.ts";

const VERSIONS = /^(?:1\.[01]|2\.\d+)$/;

/**
 * What a `poetry.lock` resolves; `undefined` for a table of another kind. It is one project's alone, so all of it counts,
 * but not what it says of itself: the hash of the manifest, the release of Poetry.
 */
export function poetryResolve(lock: Table): Resolve | undefined {
  const metadata = tableAt(lock, "metadata");
  if (!VERSIONS.test(stringAt(metadata, "lock-version") ?? "")) return undefined;
  const files = tableAt(metadata, "files");
  const all = tablesIn(lock["package"]).map((each) => {
    const name = stringAt(each, "name") ?? "";
    return [name, JSON.stringify([each, files[name] ?? null])] as const;
  });
  const digest = closureDigests(new Map())(all);
  return () => digest;
}
