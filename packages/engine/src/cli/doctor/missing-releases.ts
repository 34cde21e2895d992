import type { ToolInstall } from "../../plugin/tool.ts";
import type { WantedTool } from "./wanted-tools.ts";

/** Of each tool that is missing the first release that can be installed, each release once. */
export function missingReleases(wanted: readonly WantedTool[]): readonly ToolInstall[] {
  const missing = wanted.filter(({ found }) => !found.ok);
  const releases = missing.flatMap(({ specs }) => specs.flatMap(({ install }) => install ?? []).slice(0, 1));
  return [...new Map(releases.map((release) => [JSON.stringify(release), release])).values()];
}
