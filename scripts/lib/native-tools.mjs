import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { readStamp, writeStamp } from "./digest.mjs";
import { CACHE } from "./paths.mjs";
import { must } from "./run.mjs";

const WINDOWS = process.platform === "win32";

/** The folder with the programs that the tests run as native validators. */
const BIN = join(CACHE, "validators/bin");

/**
 * What is built, always in this release: a program that the machine happens to have would be another one.
 * hyperfine 2.0 needs Rust 1.97, which is too new to ask for.
 */
const TOOLS = [
  { name: "gitleaks", builder: "go", from: "github.com/zricethezav/gitleaks/v8", version: "v8.30.1" },
  { name: "hyperfine", builder: "cargo", from: "hyperfine", version: "1.20.0" },
];

/** @typedef {typeof TOOLS[number]} NativeTool */

/** Builds what is not there yet. Without Go or Rust it says what is missing and goes on: only those tests cannot run then. */
export function setUpNativeTools() {
  for (const tool of TOOLS) {
    const stamp = `validators-${tool.name}`;
    const wanted = `${tool.builder} ${tool.from} ${tool.version}`;
    if (existsSync(join(BIN, WINDOWS ? `${tool.name}.exe` : tool.name)) && readStamp(stamp) === wanted) continue;
    if (!isThere(tool.builder)) {
      process.stderr.write(`warning  ${tool.name} is not built: ${MISSING[tool.builder]}\n`);
      continue;
    }
    mkdirSync(BIN, { recursive: true });
    build(tool);
    writeStamp(stamp, wanted);
  }
}

/** @type {Readonly<Record<string, string>>} */
const MISSING = {
  go: "there is no Go in PATH (https://go.dev/doc/install); the tests of plugin-gitleaks cannot run",
  cargo: "there is no cargo in PATH (https://rustup.rs); the tests of plugin-hyperfine cannot run",
};

/** @param {string} builder */
function isThere(builder) {
  return spawnSync(builder, [builder === "go" ? "version" : "--version"]).status === 0;
}

/** @param {NativeTool} tool */
function build({ builder, from, version }) {
  if (builder === "go") {
    must("go", ["install", `${from}@${version}`], { env: { ...process.env, GOBIN: BIN, GOFLAGS: "-mod=mod" } });
    return;
  }
  // cargo puts programs into `bin/` of the root, and remembers what it put there: its own pin is the exact version.
  const root = join(CACHE, "validators");
  must("cargo", ["install", from, "--version", version, "--locked", "--quiet", "--force", "--root", root]);
}
