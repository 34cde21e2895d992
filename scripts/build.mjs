// Builds dist/ of every package: bundles by rolldown, declarations by tsc. `--if-stale` skips when nothing changed.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { rolldown } from "rolldown";
import { buildIsFresh, digestOfSources, writeStamp } from "./lib/digest.mjs";
import { pages } from "./lib/pages.mjs";
import { PACKAGES, ROOT } from "./lib/paths.mjs";
import { lazyBuiltins } from "./lib/lazy-builtins.mjs";
import { sharedZod } from "./lib/shared-zod.mjs";
import { startChunk } from "./lib/start-chunk.mjs";
import { binOf, must, projectNode, script, ScriptError } from "./lib/run.mjs";

/** Files of src/ that become entries of dist/, where present. The worker is no export: the pool loads it by path. */
const ENTRIES = {
  index: "index.ts",
  testing: "testing.ts",
  zod: "zod.ts",
  cli: "cli/main.ts",
  worker: "execute/worker.ts",
  reaper: "execute/reaper.ts",
  "isolated-worker": "execute/isolated-worker.ts",
  "hook-child": "isolation/hook-child.ts",
  "evaluate-child": "config/evaluate-child.ts",
  broker: "isolation/broker.ts",
  watchdog: "isolation/watchdog.ts",
  "wasm/main": "wasm/main.ts",
  main: "main.ts",
};

/**
 * What is loaded before a command has found out whether there is anything to do, and what answers `why`: it is small, and
 * finding it in a file of its own takes longer than the rest of what it does.
 */
const START = ["cli/main.ts", "cli/commands/why.ts", "cli/why/explain-unchanged.ts", "snapshot/ask-records.ts"];

/**
 * Dependencies whose code is bundled: most of zod is not used, and importing all of it costs each start; of the others
 * finding their files does.
 */
const BUNDLED = ["zod", "execa", "leven", "picomatch", "@dagrejs/graphlib"];

/**
 * Bundles first, then declarations: a type error does not keep anyone from running what is bundled.
 * @param {string} name
 */
async function bundlePackage(name) {
  const folder = join(ROOT, "packages", name);
  const dist = join(folder, "dist");
  const before = filesIn(dist);
  try {
    const written = await bundle(folder, dist);
    for (const file of before) if (isStale(file, folder, written)) rmSync(join(dist, file));
  } catch (error) {
    throw new ScriptError(`packages/${name} does not build: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @param {string} name */
function declare(name) {
  const folder = join(ROOT, "packages", name);
  must(projectNode(), [binOf("ts7", "tsc"), "-p", join(folder, "tsconfig.build.json")], { cwd: folder });
}

/**
 * @param {string} folder
 * @param {string} dist
 * @returns {Promise<Set<string>>} the names written
 */
async function bundle(folder, dist) {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const outside = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !BUNDLED.includes(name),
  );
  const present = Object.entries(ENTRIES).filter(([, file]) => existsSync(join(folder, "src", file)));
  const build = await rolldown({
    cwd: folder,
    platform: "node",
    input: Object.fromEntries(present.map(([entry, file]) => [entry, join(folder, "src", file)])),
    external: (id) => isOutside(id, outside),
    plugins: [sharedZod(manifest), pages(), lazyBuiltins()],
    treeshake: { propertyReadSideEffects: false },
    onLog: (level, log) => {
      if (level === "warn") throw new Error(`rolldown: ${log.message}`);
    },
  });
  const { output } = await build.write({
    dir: dist,
    format: "esm",
    sourcemap: true,
    codeSplitting: {
      groups: [{ debugName: "start", name: startChunk(START.map((file) => join(folder, "src", file))) }],
    },
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
  });
  await build.close();
  return new Set(output.map((chunk) => chunk.fileName));
}

/**
 * @param {string} id
 * @param {readonly string[]} dependencies
 */
function isOutside(id, dependencies) {
  return dependencies.some((name) => id === name || id.startsWith(`${name}/`));
}

/**
 * Left over from an earlier build: a chunk that was not written now, or a declaration whose source is gone.
 * @param {string} file relative to dist
 * @param {string} folder
 * @param {Set<string>} written
 */
function isStale(file, folder, written) {
  const declaration = /^(.*)\.d\.ts(\.map)?$/.exec(file);
  if (declaration) return !existsSync(join(folder, "src", `${declaration[1]}.ts`));
  return !written.has(file);
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
}

await script(async () => {
  if (process.argv.includes("--if-stale") && buildIsFresh()) return;
  const digest = digestOfSources();
  for (const name of PACKAGES) await bundlePackage(name);
  for (const name of PACKAGES) declare(name);
  writeStamp("build", digest);
});
