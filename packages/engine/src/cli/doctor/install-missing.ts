import type { Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import type { ToolInstall } from "../../plugin/tool.ts";
import type { CliContext } from "../command.ts";
import { installRelease } from "./install-release.ts";

/**
 * Installs these, one after the other, and says so as it goes. All errors come back together: one that cannot be installed
 * does not keep the others out.
 */
export async function installMissing(
  releases: readonly ToolInstall[],
  root: string,
  { write, environment, signal }: CliContext,
): Promise<Result<readonly ToolInstall[], readonly Diagnostic[]>> {
  const problems: Diagnostic[] = [];
  const installed: ToolInstall[] = [];
  for (const install of releases) {
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
