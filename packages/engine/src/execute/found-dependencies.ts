import { readdirSync } from "node:fs";
import { byCodeUnit } from "../core/json.ts";
import { absolutePath, decodePath } from "../core/path.ts";
import type { FoundDependency } from "../cache/record.ts";
import { digestJson, sha256 } from "../fingerprint/digest.ts";
import type { FileDigests } from "../fingerprint/files/file-digests.ts";
import { statOf } from "../fingerprint/files/file-stat.ts";
import type { Variables } from "../fingerprint/variables.ts";

/** Where dependencies that only running showed are checked. */
export interface FoundHost {
  readonly root: string;
  readonly digests: FileDigests;
  readonly environment: Variables;
}

/** Whether a dependency is here as it was when the record was made. A kind that cannot be checked is not. */
export function isFoundHere(dependency: FoundDependency, host: FoundHost): boolean {
  switch (dependency.kind) {
    case "file":
      return fileDigest(dependency.path, host) === dependency.digest;
    case "absent":
      return isAbsent(dependency.path, host.root);
    case "listing":
      return listingDigest(dependency.path, host.root) === dependency.digest;
    case "variable": {
      const value = host.environment[dependency.name];
      return (value === undefined ? null : sha256(value)) === dependency.digest;
    }
    case "body":
      // The record of a part is handed to the process that knows what it means; it stands for no task.
      return false;
  }
}

/** sha256 over the sorted names in a folder, `null` where there is no folder. */
export function listingDigest(path: string, root: string): string | null {
  try {
    const names = readdirSync(absolutePath(root, path), { encoding: "buffer" }).map((name) => decodePath(name));
    return digestJson(names.sort(byCodeUnit));
  } catch {
    return null;
  }
}

/** A folder is something too: `import x` finds one. */
function isAbsent(path: string, root: string): boolean {
  try {
    return statOf(absolutePath(root, path)) === undefined;
  } catch {
    return false;
  }
}

function fileDigest(path: string, { digests }: FoundHost): string | null | undefined {
  const digest = digests.digest(path);
  return digest.ok ? (digest.value?.sha256 ?? null) : undefined;
}
