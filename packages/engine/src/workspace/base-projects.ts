import type { RepoPath } from "../core/path.ts";
import type { SourceText } from "../plugin/project.ts";
import { blobTexts, treeFiles, type TreeFile } from "./git/base-tree.ts";
import type { Repository } from "./git/repository.ts";
import { matcher, type Matches } from "./match.ts";
import type { SourceTexts } from "./source-texts.ts";
import { discover, type DiscoveryInput, type Workspace } from "./workspace.ts";

/** The projects of a commit, or why they cannot be told. */
export type BaseProjects = { readonly workspace: Workspace } | { readonly unknown: string };

/** What changed since which commit, and how projects are found now. */
export interface BaseProjectsInput {
  readonly repository: Repository;
  /** The commit compared with. */
  readonly commit: string;
  readonly changed: readonly RepoPath[];
  /** As for the work tree. */
  readonly discovery: DiscoveryInput;
}

/**
 * The projects as they were at the base, found by the plugins and options of now. Undefined where no file that discovery
 * reads has changed, and so no project can have; that costs nothing.
 */
export function baseProjects(input: BaseProjectsInput): BaseProjects | undefined {
  const matchers = input.discovery.plugins.flatMap(({ spec }) =>
    spec.discovery === undefined ? [] : [matcher(spec.discovery.files)],
  );
  const wanted: Matches = (path) => matchers.some((matches) => matches(path));
  if (!input.changed.some(wanted)) return undefined;
  const tree = treeFiles(input.repository, input.commit);
  if (!tree.ok) return { unknown: tree.error.message };
  const texts = textsAtBase(
    input,
    tree.value.filter(({ path }) => wanted(path)),
  );
  if ("unknown" in texts) return texts;
  const found = discover({ ...input.discovery, files: tree.value.map(({ path }) => path), texts });
  return found.ok ? { workspace: found.value } : { unknown: found.error[0]?.message ?? "discovery failed" };
}

/** The texts of these files as they were: only what differs from the work tree is asked of git. */
function textsAtBase(
  { repository, changed, discovery }: BaseProjectsInput,
  files: readonly TreeFile[],
): SourceTexts | { readonly unknown: string } {
  const [differs, present] = [new Set(changed), new Set(discovery.files)];
  const asked = files.filter(({ path }) => differs.has(path) || !present.has(path));
  const link = asked.find(({ isLink }) => isLink);
  if (link !== undefined) return { unknown: `${link.path} was a symbolic link` };
  const blobs = blobTexts(
    repository,
    asked.map(({ blob }) => blob),
  );
  if (!blobs.ok) return { unknown: blobs.error.message };
  const old = new Map<RepoPath, SourceText>();
  for (const { path, blob } of asked) {
    const text = blobs.value.get(blob);
    if (text === undefined) return { unknown: `${path} as it was is not in this clone` };
    old.set(path, { path, text });
  }
  return { root: discovery.texts.root, source: (path) => old.get(path) ?? discovery.texts.source(path) };
}
