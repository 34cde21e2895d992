import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { ToolInstall } from "../../plugin/tool.ts";
import type { CliContext } from "../command.ts";
import { installRelease } from "./install-release.ts";
import type { WantedTool } from "./wanted-tools.ts";

/**
 * Installs each tool that is missing and that a registry has, one after the other, and says so as it goes. All errors come
 * back together: one that cannot be installed does not keep the others out.
 */
export async function installMissing(
  wanted: readonly WantedTool[],
  root: string,
  { write, environment, signal }: CliContext,
): Promise<Result<readonly ToolInstall[], readonly Diagnostic[]>> {
  const problems: Diagnostic[] = [];
  const installed: ToolInstall[] = [];
  for (const install of releasesOf(wanted)) {
    write("stderr", `installing ${install.package} ${install.version} (${REGISTRIES[install.registry]})\n`);
    const done = await installRelease(install, { root, env: environment.variables, home: environment.home, signal });
    if (done.ok) installed.push(install);
    else problems.push(done.error);
    if (signal.aborted) break;
  }
  return problems.length > 0 ? fail(problems) : ok(installed);
}

const REGISTRIES: Readonly<Record<ToolInstall["registry"], string>> = {
  pypi: "PyPI",
  npm: "npm",
  go: "Go module",
  crate: "crates.io",
};

/** Of each question that has no answer the first tool that can be installed, each release once. */
function releasesOf(wanted: readonly WantedTool[]): readonly ToolInstall[] {
  const missing = wanted.filter(({ found }) => !found.ok);
  const releases = missing.flatMap(({ specs }) => specs.flatMap(({ install }) => install ?? []).slice(0, 1));
  return [...new Map(releases.map((release) => [JSON.stringify(release), release])).values()];
}
