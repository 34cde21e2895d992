import { createHash } from "node:crypto";
import {
  canonicalJson,
  fail,
  ok,
  parentOf,
  type Diagnostic,
  type Inspect,
  type JsonValue,
  type RepoPath,
  type SourceText,
} from "@symbiotic-build/engine";
import { managerFrom, runsPrePost } from "../manager.ts";
import { DEPENDENCY_KINDS, type Manifest } from "../manifest/manifest.ts";
import { readManifest } from "../manifest/read-manifest.ts";
import type { NodeOptions } from "../options.ts";
import { baseName } from "../paths.ts";

/** What running a package's scripts takes; `null` for a project that is no package. */
export type NodeFacts = {
  readonly name: string | null;
  readonly version: string | null;
  readonly scripts: Readonly<Record<string, string>>;
  readonly config: Readonly<Record<string, string>>;
  /** Whether `prebuild` and `postbuild` run with `build`. */
  readonly prePost: boolean;
  /** The folder of the workspace, or the package's own. */
  readonly root: RepoPath;
  /** The digest of what tools may read out of the manifests above this one. */
  readonly above: string;
} | null;

/** Reads a package's manifest, and those above it for the settings of tools that they hold. */
export const inspect: Inspect<NodeOptions, NodeFacts> = {
  texts: ["package.json", "pnpm-workspace.yaml"],
  facts({ project, texts, options }) {
    const files = texts.filter(({ path }) => baseName(path) === "package.json");
    const own = files.find(({ path }) => parentOf(path) === project.root);
    if (own === undefined || !project.tags.includes("node")) return ok(null);
    const read = readManifest(own);
    if (!read.ok) return fail<readonly Diagnostic[]>([read.error]);
    const { name = null, version = null, scripts, config } = read.value;
    const above = files.filter((file) => file !== own);
    const root = rootOf(texts) ?? project.root;
    const manifest = files.find(({ path }) => parentOf(path) === root);
    const manager = managerFrom(project.tags, manifest && textOf(manifest)?.packageManager);
    return ok({
      name,
      version,
      scripts: Object.fromEntries(scripts),
      config,
      prePost: options.prePost ?? runsPrePost(manager),
      root,
      above: above.map(settingsDigest).join(" "),
    });
  },
};

/** The nearest folder that declares a workspace. */
function rootOf(texts: readonly SourceText[]): RepoPath | undefined {
  const found = texts.find((file) =>
    baseName(file.path) === "package.json" ? textOf(file)?.workspaces !== undefined : file.text.includes("packages"),
  );
  return found === undefined ? undefined : parentOf(found.path);
}

function textOf(file: SourceText): Manifest | undefined {
  const read = readManifest(file);
  return read.ok ? read.value : undefined;
}

const digests = new WeakMap<SourceText, string>();

/** Tools look for their settings in the manifests above, too: `eslintConfig`, `browserslist`, `prettier`. */
function settingsDigest(file: SourceText): string {
  const known =
    digests.get(file) ??
    createHash("sha256")
      .update(canonicalJson(settingsOf(file)))
      .digest("hex");
  digests.set(file, known);
  return known;
}

/** Members that are read one by one, or that say nothing to any tool. */
const OTHERS = new Set<string>([
  ...DEPENDENCY_KINDS,
  "name",
  "version",
  "description",
  "keywords",
  "author",
  "license",
  "private",
  "scripts",
  "workspaces",
  "packageManager",
  "config",
]);

function settingsOf(file: SourceText): JsonValue {
  return Object.fromEntries(Object.entries(textOf(file)?.members ?? {}).filter(([key]) => !OTHERS.has(key)));
}
