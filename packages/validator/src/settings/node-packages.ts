import { parentOf, type Inputs, type Project, type RepoPath } from "@symbiotic-build/engine";

/** The lockfiles of Node's package managers. */
export const NODE_LOCKS: readonly string[] = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "bun.lock",
  "bun.lockb",
];

/** Variables that Node, and settings that are programs, read wherever they run. */
export const NODE_VARIABLES: readonly string[] = ["CI", "NODE_ENV", "NODE_OPTIONS", "NODE_PATH"];

/**
 * What stands for the packages that a settings file imports: what the lockfiles resolve for the project, and a whole lockfile
 * where the settings, or the packages, are those of a folder above.
 */
export function packageInputs(
  { root, manifests }: Pick<Project, "root" | "manifests">,
  config: RepoPath | null,
): Required<Pick<Inputs, "configs" | "resolved">> {
  const hasPackages = manifests.some((path) => path.endsWith("package.json"));
  const isOwn = config === null || parentOf(config) === root;
  return { resolved: true, configs: hasPackages && isOwn ? [] : NODE_LOCKS };
}
