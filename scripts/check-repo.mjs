// Refuses what lint cannot see: unknown files in the root, import cycles, packages of another shape, hosts in the lockfile.
import { readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { PACKAGES, ROOT } from "./lib/paths.mjs";
import { script } from "./lib/run.mjs";
import { repositoryFiles } from "./lib/tracked.mjs";

/** Everything that may lie in the root. A new one needs a reason, and a line here. */
const IN_ROOT = new Set([
  ".changeset/",
  ".ci/",
  ".editorconfig",
  ".gitattributes",
  ".github/",
  ".gitignore",
  ".vscode/",
  "AGENTS.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "README.md",
  "SECURITY.md",
  "bench/",
  "biome.json",
  "docs/",
  "eslint.config.mjs",
  "examples/",
  "knip.json",
  "package.json",
  "packages/",
  "pnpm-lock.yaml",
  "pnpm-workspace.yaml",
  "scripts/",
  "symbiotic.config.ts",
  "test/",
  "tsconfig.json",
  "vitest.config.ts",
]);

const IN_PACKAGE = ["CHANGELOG.md", "LICENSE", "README.md", "package.json", "tsconfig.build.json"];

await script(() => {
  const files = repositoryFiles();
  const problems = [...unknownInRoot(files), ...missingInPackages(files), ...cycles(files), ...hosts()];
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
});

/** @param {readonly string[]} files */
function unknownInRoot(files) {
  const names = new Set(files.map((file) => file.replace(/\/.*/, "/")));
  return [...names]
    .filter((name) => !IN_ROOT.has(name))
    .map((name) => `${name}  does not belong in the root (scripts/check-repo.mjs lists what does)`);
}

/** @param {readonly string[]} files */
function missingInPackages(files) {
  const present = new Set(files);
  return PACKAGES.flatMap((name) => IN_PACKAGE.map((file) => `packages/${name}/${file}`))
    .filter((file) => !present.has(file))
    .map((file) => `${file}  is missing: all packages have the same files`);
}

/** A lockfile made against a mirror must install elsewhere. */
function hosts() {
  const lines = readFileSync(join(ROOT, "pnpm-lock.yaml"), "utf8").split("\n");
  return lines.flatMap((line, index) =>
    /https?:\/\/|tarball:/.test(line) ? [`pnpm-lock.yaml:${index + 1}  names a host: ${line.trim()}`] : [],
  );
}

/**
 * Import cycles between source files, type imports included.
 * @param {readonly string[]} files
 */
function cycles(files) {
  const sources = files.filter((file) => /^packages\/[^/]+\/src\/.*\.ts$/.test(file));
  const graph = new Map(sources.map((file) => [file, importsOf(file)]));
  /** @type {Map<string, "open" | "done">} */
  const state = new Map();
  /** @type {string[]} */
  const found = [];
  /** @param {string} file @param {readonly string[]} path */
  const visit = (file, path) => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      found.push(`import cycle: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}`);
      return;
    }
    state.set(file, "open");
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, "done");
  };
  for (const file of sources) visit(file, []);
  return found;
}

/** @param {string} file */
function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), "utf8"), true, true);
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => posix.join(dirname(file), fileName));
}
