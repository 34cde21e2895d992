import { join } from "node:path";
import { ancestors, type RepoPath } from "../../core/path.ts";
import { packageDigest } from "../../plugin/module-graph.ts";
import type { ToolSpec } from "../../plugin/tool.ts";
import { displayOfFile } from "./display.ts";
import type { FoundTool } from "./found-tool.ts";
import { readIfThere } from "./host.ts";
import { readText, recall, stampOf } from "./memo.ts";
import type { Survey } from "./survey.ts";

type Spec = Extract<ToolSpec, { kind: "node-package" }>;

/** The places of a package in the order in which Node looks for it from a folder of the repository; absolute. */
export function nodePackagePlaces(root: string, folder: RepoPath): string[] {
  return ancestors(folder).map((each) => (each === "." ? root : join(root, each)));
}

/** A program of an installed Node package: the first of these folders that has the package in its `node_modules`. */
export function findNodePackage(
  spec: Spec,
  folders: readonly string[],
  { survey, node, origin }: { readonly survey: Survey; readonly node: string; readonly origin: string },
): FoundTool | undefined {
  for (const folder of folders) {
    const directory = join(folder, "node_modules", spec.package);
    const manifest = manifestOf(directory);
    const program = manifest && binOf(manifest, spec);
    if (manifest === undefined || program === undefined) continue;
    const sha256 = digestOf(directory, survey);
    if (sha256 === undefined) continue;
    const { name, advisory = false } = spec;
    const path = join(directory, program);
    return {
      resolved: {
        ...{ name, advisory, version: manifest.version, detected: [] },
        argv: ["{node}", "{module}"],
        origin,
      },
      substitutions: { "{node}": node, "{module}": path },
      display: [displayOfFile(join(folder, "node_modules", ".bin", spec.bin), survey.host)],
      identity: { kind: "node", name, version: manifest.version, sha256 },
    };
  }
  return undefined;
}

interface Manifest {
  readonly version: string;
  readonly bin: unknown;
}

function manifestOf(directory: string): Manifest | undefined {
  const text = readIfThere(join(directory, "package.json"));
  if (text === undefined) return undefined;
  try {
    const { version, bin } = JSON.parse(text) as { readonly version?: unknown; readonly bin?: unknown };
    return typeof version === "string" ? { version, bin } : undefined;
  } catch {
    // A package whose manifest cannot be read is as good as none.
    return undefined;
  }
}

function binOf({ bin }: Manifest, spec: Spec): string | undefined {
  if (typeof bin === "string") return bin;
  const named =
    typeof bin === "object" && bin !== null ? (bin as Readonly<Record<string, unknown>>)[spec.bin] : undefined;
  return typeof named === "string" ? named : undefined;
}

/** The package's own code; what it depends on is up to the lockfile. Remembered while its manifest looks untouched. */
function digestOf(directory: string, { memo }: Survey): string | undefined {
  const stamp = stampOf(join(directory, "package.json"));
  if (stamp === undefined) return undefined;
  return recall(memo, { key: `package:${directory}`, stamp, read: readText, learn: () => packageDigest(directory) });
}
