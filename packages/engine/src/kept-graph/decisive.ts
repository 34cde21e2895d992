import type { RepoPath } from "../core/path.ts";
import type { LoadedPlugin } from "../plugin/load.ts";
import { matcher } from "../workspace/match.ts";

/** What says which projects and tasks there are. */
export interface Deciding {
  readonly plugins: readonly LoadedPlugin[];
  /** Paths on which every task depends, such as the configuration. */
  readonly everything: ReadonlySet<RepoPath>;
}

/**
 * Whether a file, existing or not, has a part in which projects and tasks there are: a manifest, a text that plugins read
 * settings out of, the configuration.
 */
export function decides({ plugins, everything }: Deciding): (path: RepoPath) => boolean {
  const manifests = plugins.flatMap(({ spec }) =>
    spec.discovery === undefined ? [] : [matcher(spec.discovery.files)],
  );
  const texts = plugins.flatMap(({ spec }) => spec.inspect?.texts ?? []);
  return (path) =>
    everything.has(path) ||
    manifests.some((matches) => matches(path)) ||
    texts.some((name) => path === name || path.endsWith(`/${name}`));
}
