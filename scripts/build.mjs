// Builds dist/ of every package: bundles by rolldown, declarations by tsc. `--if-stale` skips when nothing changed.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { rolldown } from "rolldown";
import { ascii } from "./lib/ascii.mjs";
import { chunkGroups } from "./lib/chunks.mjs";
import { buildIsFresh, digestOfSources, writeStamp } from "./lib/digest.mjs";
import { pages } from "./lib/pages.mjs";
import { PACKAGES, ROOT } from "./lib/paths.mjs";
import { lazyBuiltins } from "./lib/lazy-builtins.mjs";
import { sharedZod } from "./lib/shared-zod.mjs";
import { binOf, must, projectNode, script, ScriptError } from "./lib/run.mjs";

/** Files of src/ that become entries of dist/, where present. The worker is no export: the pool loads it by path. */
const ENTRIES = {
  index: "index.ts",
  testing: "testing.ts",
  zod: "zod.ts",
  cli: "cli/main.ts",
  worker: "execute/worker.ts",
  "isolated-worker": "execute/isolated-worker.ts",
  "hook-child": "isolation/hook-child.ts",
  "evaluate-child": "config/evaluate-child.ts",
  "wasm/main": "wasm/main.ts",
  main: "main.ts",
};

/** Programs that stand beside a run and need little: each is one file with nothing of the others in it. */
const ALONE = {
  reaper: "execute/reaper.ts",
  broker: "isolation/broker.ts",
  watchdog: "isolation/watchdog.ts",
  hasher: "fingerprint/files/hasher.ts",
};

/**
 * Which modules of the engine are loaded together, with all that they import.
 * `start`: before a command has found out whether there is anything to do, and what answers `why`: it is small, and
 * finding it in a file of its own takes longer than the rest of what it does.
 * `ask`: by what asks git first, which answers while the next chunk is loaded.
 * `open`: by a run of which not everything is known, and by the plugins.
 * `execute`: by a run in which something runs.
 */
const CHUNKS = {
  start: ["cli/main.ts", "cli/commands/why.ts", "cli/why/explain-unchanged.ts", "snapshot/ask-records.ts"],
  ask: ["cli/open-for-run.ts", "cli/open-workspace.ts"],
  open: ["cli/open-here.ts", "cli/run-opened.ts", "open-known.ts", "index.ts", "zod.ts"],
  execute: ["execute/make-job.ts", "execute/run-job.ts", "execute/take-turn.ts", "cli/write-profile.ts"],
};

/**
 * Dependencies whose code is bundled: most of zod is not used, and importing all of it costs each start; of the others
 * finding their files does.
 */
const BUNDLED = ["zod", "execa", "leven", "picomatch", "@dagrejs/graphlib", "@noble/hashes"];

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
  const alone = Object.entries(entriesOf(folder, ALONE)).map(([name, file]) => ({ [name]: file }));
  const names = new Set();
  for (const input of [entriesOf(folder, ENTRIES), ...alone])
    for (const name of await bundled({ folder, dist, manifest, input })) names.add(name);
  return names;
}

/**
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} files
 */
function entriesOf(folder, files) {
  const absolute = Object.entries(files).map(([name, file]) => [name, join(folder, "src", file)]);
  return /** @type {Record<string, string>} */ (
    Object.fromEntries(absolute.filter(([, file]) => existsSync(file ?? "")))
  );
}

/**
 * @param {{ folder: string, dist: string, manifest: Record<string, Record<string, string> | undefined>, input: Record<string, string> }} what
 * @returns {Promise<string[]>} the names written
 */
async function bundled({ folder, dist, manifest, input }) {
  const outside = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).filter(
    (name) => !BUNDLED.includes(name),
  );
  const build = await rolldown({
    cwd: folder,
    platform: "node",
    input,
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
    codeSplitting: { groups: chunkGroups(chunksIn(folder)) },
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    comments: { jsdoc: false, annotation: false },
    plugins: [ascii()],
  });
  await build.close();
  return output.map((chunk) => chunk.fileName);
}

/**
 * The same with absolute paths; none in other packages, which are small.
 * @param {string} folder
 */
function chunksIn(folder) {
  if (basename(folder) !== "engine") return {};
  const absolute = Object.entries(CHUNKS).map(([name, files]) => [
    name,
    files.map((file) => join(folder, "src", file)),
  ]);
  return /** @type {Record<string, string[]>} */ (Object.fromEntries(absolute));
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
