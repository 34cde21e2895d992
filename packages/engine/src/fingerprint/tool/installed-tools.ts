import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RepoPath } from "../../core/path.ts";
import type { ToolInstall } from "../../plugin/tool.ts";

/** Where `symbiotic doctor --install` puts tools: each release in a folder of its own. */
export const INSTALLED_TOOLS: RepoPath = ".symbiotic/tools";

/** The folder of a release, from the repository root. One name a release, that every file system takes. */
export function installedToolFolder({ registry, package: name, version }: ToolInstall): RepoPath {
  const plain = `${name}-${version}`.replace(/[^A-Za-z0-9._-]+/g, "~");
  return `${INSTALLED_TOOLS}/${registry}/${plain}`;
}

/** Where a native program of a release lies, absolute. */
export function installedPrograms(root: string, install: ToolInstall): string {
  return join(root, installedToolFolder(install), "bin");
}

/** Says that all of a release is there: what was stopped half-way does not count. */
export function markInstalled(folder: string, install: ToolInstall): void {
  writeFileSync(join(folder, MARK), `${JSON.stringify(install, undefined, 2)}\n`);
}

/** Whether all of a release is there. */
export function isInstalled(root: string, install: ToolInstall): boolean {
  return existsSync(join(root, installedToolFolder(install), MARK));
}

const MARK = "release.json";
