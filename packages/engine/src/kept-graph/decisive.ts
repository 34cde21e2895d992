import type { RepoPath } from "../core/path.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import { matcher } from "../workspace/match.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What says which projects and tasks there are. */
export interface Deciding {
  readonly plugins: readonly LoadedPlugin[];
  readonly workspace: Pick<Workspace, "projects">;
  /** Paths on which every task depends, such as the configuration. */
  readonly everything: ReadonlySet<RepoPath>;
}

/**
 * Whether a file, existing or not, has a part in which projects and tasks there are: a manifest, a lock, a text that plugins
 * read settings out of, the configuration.
 */
export function decides({ plugins, workspace, everything }: Deciding): (path: RepoPath) => boolean {
  const manifests = plugins.flatMap(({ spec }) =>
    spec.discovery === undefined ? [] : [matcher(spec.discovery.files)],
  );
  const texts = plugins.flatMap(({ spec }) => spec.inspect?.texts ?? []);
  const own = new Set(workspace.projects.flatMap((project) => [...project.manifests, ...(project.locks ?? [])]));
  return (path) =>
    everything.has(path) ||
    own.has(path) ||
    manifests.some((matches) => matches(path)) ||
    texts.some((name) => path === name || path.endsWith(`/${name}`));
}
