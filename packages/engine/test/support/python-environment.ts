import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** Whether tests run on Windows. */
export const WINDOWS: boolean = process.platform === "win32";

/** A folder that is gone when the test is. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "symbiotic-tool-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real virtual environment. */
export interface TestEnvironment {
  readonly directory: string;
  readonly bin: string;
  readonly python: string;
  /** Its site-packages. */
  readonly site: string;
}

/** Makes a real virtual environment with nothing installed in it. */
export function makeEnvironment(directory: string): TestEnvironment {
  execFileSync(WINDOWS ? "python" : "python3", ["-m", "venv", "--without-pip", directory]);
  const bin = join(directory, WINDOWS ? "Scripts" : "bin");
  const lib = join(directory, WINDOWS ? "Lib" : "lib");
  const site = WINDOWS ? join(lib, "site-packages") : join(lib, readdirSync(lib)[0] ?? "", "site-packages");
  return { directory, bin, python: join(bin, WINDOWS ? "python.exe" : "python"), site };
}

/** What an installer would put into site-packages. */
export interface TestDistribution {
  readonly name: string;
  readonly version: string;
  /** Its files and their text, by path in site-packages. */
  readonly files?: Readonly<Record<string, string>>;
  /** Further lines of RECORD. */
  readonly rows?: readonly string[];
  /** Files of its `.dist-info` beside RECORD. */
  readonly notes?: Readonly<Record<string, string>>;
}

/** Installs a distribution as pip would: its files, and a `.dist-info` with a RECORD. */
export function install(site: string, { name, version, files = {}, rows = [], notes = {} }: TestDistribution): void {
  const info = `${name}-${version}.dist-info`;
  const metadata = { [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n` };
  const hashed = Object.entries({ ...files, ...metadata }).map(([path, text]) => {
    write(join(site, path), text);
    return `${path},sha256=${createHash("sha256").update(text).digest("base64url")},${text.length}`;
  });
  for (const [note, text] of Object.entries(notes)) write(join(site, info, note), text);
  const noted = Object.keys(notes).map((note) => `${info}/${note},sha256=${note.length},1`);
  write(join(site, info, "RECORD"), [...hashed, ...noted, ...rows, `${info}/RECORD,,`, ""].join("\n"));
}

/** Writes a file, with the folders it needs. */
export function write(path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
}

/** Puts a script before an environment's interpreter that notes each start of it in the file that is returned. */
export function countStarts({ bin, python }: TestEnvironment): string {
  const log = join(bin, "starts");
  const target = realpathSync(python);
  rmSync(python);
  symlinkSync(target, join(bin, "python.real"));
  write(log, "");
  write(python, `#!/bin/sh\necho start >> '${log}'\nexec '${join(bin, "python.real")}' "$@"\n`, 0o755);
  return log;
}
