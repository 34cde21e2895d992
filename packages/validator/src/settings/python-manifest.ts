import { joinRepo, type Inputs, type Project, type RepoPath } from "@symbiotic-build/engine";

/** Files that say what a Python project depends on, the most exact first. */
export const PYTHON_MANIFESTS: readonly string[] = [
  "uv.lock",
  "poetry.lock",
  "pdm.lock",
  "Pipfile.lock",
  "pylock.toml",
  "requirements.txt",
  "pyproject.toml",
  "setup.cfg",
  "setup.py",
  "Pipfile",
];

/** Where findings about what is installed for a project belong: the most exact of such files in its own folder, `null` where it has none. */
export function pythonManifest({ root }: Pick<Project, "root">, paths: readonly RepoPath[]): RepoPath | null {
  const own = new Set(paths);
  return PYTHON_MANIFESTS.map((name) => joinRepo(root, name)).find((path) => own.has(path)) ?? null;
}

/** What stands for what is installed, beside the environment itself: the manifests, and what the lockfiles resolve. */
export const pythonRequirements: Required<Pick<Inputs, "files" | "configs" | "resolved">> = {
  files: ["**/*requirements*.txt", "**/requirements/**/*.{txt,in}", "**/constraints*.txt", "**/pylock.*.toml"],
  configs: PYTHON_MANIFESTS,
  resolved: true,
};
