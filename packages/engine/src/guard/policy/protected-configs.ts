import { byCodeUnit } from "../../core/json.ts";
import type { Inputs } from "../../plugin/atom.ts";

/**
 * Names that tools look up and that hold more than their settings: manifests, lockfiles, sources. Of manifests the sections
 * of tools are judged one by one.
 */
const SHARED = new Set([
  ...["pyproject.toml", "setup.cfg", "setup.py", "tox.ini", "Pipfile", "package.json", "package.yaml"],
  ...["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "requirements.txt"],
  ...["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb"],
  ...["__init__.py", "conftest.py", ".gitignore", ".ignore", "tsconfig.json", "jsconfig.json"],
]);

/** Globs of the settings that these tasks' tools look up, to be protected: whatever a plugin declares as `configs`. */
export function protectedConfigs(inputs: readonly Pick<Inputs, "configs">[]): string[] {
  const names = new Set(inputs.flatMap(({ configs }) => configs ?? []).filter((name) => !SHARED.has(name)));
  return [...names].sort(byCodeUnit).map((name) => `**/${name}`);
}
