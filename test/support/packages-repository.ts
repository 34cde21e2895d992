import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRepository, linkPackages, type Files, type TestRepository } from "./repository.ts";

const CONFIG = `import { node } from "@symbiotic-build/plugin-node";

export default {
  plugins: [node({ scripts: { lint: { inputs: ["src/**"] } } })],
  disable: ["python", "ruff", "pytest"],
  globalInputs: ["shared/**"],
  targets: { all: ["build", "lint", "size"] },
  atoms: {
    build: { command: "mkdir -p dist && cat src/* > dist/out.txt", inputs: ["src/**"], outputs: ["dist"], dependsOn: ["^build"] },
    size: { command: "wc -c dist/out.txt", inputs: [], dependsOn: ["build"] },
  },
};
`;

/** Three packages, of which `web` needs `core`, on a branch of which nothing is committed. */
export function createPackages(more: Files = {}): TestRepository {
  const repository = createRepository({
    ".gitignore": "dist/\nnode_modules\n",
    "package.json": manifest({ name: "all", workspaces: ["packages/*"] }),
    "symbiotic.config.ts": CONFIG,
    "shared/words.txt": "one\n",
    "README.md": "# All\n",
    ...packageOf("core", {}),
    ...packageOf("web", { core: "workspace:*" }),
    ...packageOf("docs", {}),
    ...more,
  });
  linkPackages(repository.root);
  repository.git("switch", "--quiet", "--create", "topic");
  return repository;
}

/** The files of a package. */
export function packageOf(name: string, dependencies: Readonly<Record<string, string>>): Files {
  return {
    [`packages/${name}/package.json`]: manifest({ name, scripts: { lint: "true" }, dependencies }),
    [`packages/${name}/src/a.txt`]: `${name} a\n`,
    [`packages/${name}/src/b.txt`]: `${name} b\n`,
  };
}

function manifest(value: object): string {
  return `${JSON.stringify({ version: "1.0.0", private: true, ...value }, undefined, 2)}\n`;
}

/** The files in which project graphs are kept. */
export function graphsOf({ root }: TestRepository): readonly string[] {
  const folder = join(root, ".git/symbiotic/graphs");
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}
