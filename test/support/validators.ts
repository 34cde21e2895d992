import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command, CommandResult, Diagnostic, Outcome, PluginUse, Result } from "@symbiotic-build/engine";
import { testPlugin, type TestedAtom } from "@symbiotic-build/engine/testing";

/** Finds the projects that a validator is tried in: `beside: [python()]`. */
export { python } from "../../packages/plugin-python/src/index.ts";

/** Where the set-up puts the real tools that validators are tested with. */
export const TOOLS: string = fileURLToPath(new URL("../../.cache/validators/", import.meta.url));

const WINDOWS = process.platform === "win32";

/** A program of one of the set-up's Python environments: `python("tools", "bandit")`. Throws where it is not there. */
export function pythonProgram(environment: string, name: string): string {
  return there(join(TOOLS, environment, WINDOWS ? "Scripts" : "bin", WINDOWS ? `${name}.exe` : name));
}

/** A program that the set-up built or downloaded. Throws where it is not there. */
export function nativeProgram(name: string): string {
  return there(join(TOOLS, "bin", WINDOWS ? `${name}.exe` : name));
}

/** A program of a Node package of the set-up: `nodeProgram("eslint/bin/eslint.js")`. Throws where it is not there. */
export function nodeProgram(path: string): string {
  return there(join(TOOLS, "node", "node_modules", path));
}

function there(path: string): string {
  if (existsSync(path)) return path;
  throw new Error(`${path} is not there: run \`pnpm run setup\``);
}

/** Files on a disk, in a git repository of their own, that go away with the block. */
export interface OnDisk extends Disposable {
  readonly root: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Writes a repository. With `commit`, all of it is committed. */
export function onDisk(files: Readonly<Record<string, string>>, commit = false): OnDisk {
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), "validator-")));
  git(root, ["init", "--quiet", "--initial-branch=main"]);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  if (commit) {
    git(root, ["add", "--all"]);
    git(root, ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "--quiet", "--message", "first"]);
  }
  return { root, files, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}

/** The same, as if git ignored these: they are on the disk, and no file of the repository. */
export function ignoring({ root, files }: OnDisk, ...ignored: readonly string[]): Pick<OnDisk, "root" | "files"> {
  return { root, files: Object.fromEntries(Object.entries(files).filter(([path]) => !ignored.includes(path))) };
}

/** Runs git in a folder; fails the test where git fails. */
export function git(folder: string, args: readonly string[]): string {
  const done = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

/** How a test runs a validator. */
export interface ValidatorRun {
  /** The atom, by id or alias. */
  readonly atom: string;
  /** The programs that stand behind the tokens of the command line: `{ "{python}": ... }`. */
  readonly programs: Readonly<Record<string, string>>;
  /** Further plugins, for their discovery. */
  readonly beside?: readonly PluginUse[];
  /** The project, where there are several. */
  readonly project?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The files that changed, where the run compares. */
  readonly changed?: readonly string[];
  /** Those of the tool's `detects` that are installed. */
  readonly detected?: readonly string[];
}

/** Runs the command of a validator for real, and parses what it left as the engine does. */
export function validate(
  use: PluginUse,
  { root, files }: Pick<OnDisk, "root" | "files">,
  asked: ValidatorRun,
): Result<Outcome, Diagnostic> {
  const { changed, beside = [] } = asked;
  const kit = testPlugin(use, { files, beside, ...(changed === undefined ? {} : { changed }) });
  const atom: TestedAtom = kit.atom(asked.atom, asked.project);
  const tool = asked.detected === undefined ? {} : { detected: asked.detected };
  const command = atom.command(tool);
  const folder = (
    asked.project === undefined ? kit.projects[0] : kit.projects.find(({ name }) => name === asked.project)
  )?.root;
  return atom.parse(start(command, { ...asked, root, folder: command.cwd ?? folder ?? "." }), tool);
}

function start(
  { argv, env, stdin, shell }: Command,
  { root, folder, programs, env: more }: ValidatorRun & { readonly root: string; readonly folder: string },
): CommandResult {
  const words = argv.map((word) => programs[word] ?? word.replaceAll("{root}", root));
  const [program, ...args] = shell === true ? ["/bin/sh", "-c", inShell(words)] : words;
  if (program === undefined) throw new Error("the command is empty");
  const [out] = /\.symbiotic\/out\/[^/\n]+/.exec([folder, ...argv].join("\n")) ?? [];
  if (out !== undefined) mkdirSync(join(root, out), { recursive: true });
  const done = spawnSync(program, args, {
    cwd: join(root, folder),
    encoding: "utf8",
    env: { ...environment(), ...env, ...more },
    input: stdin ?? "",
    maxBuffer: 1e8,
  });
  if (done.error) throw done.error;
  return {
    exitCode: done.status ?? -1,
    stdout: done.stdout.replaceAll(root, "{root}"),
    stderr: done.stderr.replaceAll(root, "{root}"),
    files: out === undefined ? {} : textsIn(join(root, out), root),
  };
}

/** As the engine writes a line for the shell. */
function inShell([line = "", ...words]: readonly string[]): string {
  return [line, ...words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`)].join(" ");
}

/** What a tool left in the task's own folder. */
function textsIn(folder: string, root: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
  return Object.fromEntries(
    names.map((name) => [
      name.replaceAll("\\", "/"),
      readFileSync(join(folder, name), "utf8").replaceAll(root, "{root}"),
    ]),
  );
}

function environment(): Record<string, string> {
  const { PATH = "", SYSTEMROOT = "" } = process.env;
  return { PATH: [dirname(process.execPath), PATH].join(delimiter), SYSTEMROOT, HOME: tmpdir() };
}

/** The findings of a run, each as `path:line rule`, sorted; fails the test where there is no result. */
export function findingsOf(outcome: Result<Outcome, Diagnostic>): string[] {
  if (!outcome.ok) throw new Error(`${outcome.error.message}\n${(outcome.error.notes ?? []).join("\n")}`);
  const findings = outcome.value.evidence.findings ?? [];
  return findings.map(({ file, range, rule }) => `${file}:${String(range?.start.line ?? 0)} ${rule}`).sort();
}

/** What a release of a tool wrote over one small repository, recorded with `{root}` for its folder. */
export interface Recording extends Omit<CommandResult, "files"> {
  /** The release: `1.9.4`. */
  readonly version: string;
  /** What was run, for whoever records another release. */
  readonly command: string;
  readonly files?: CommandResult["files"];
}

/** A recording beside a test: `recordingOf(import.meta.url, "bandit-1.9.4")` reads `test/fixtures/` of the test's package. */
export function recordingOf(from: string, name: string): Recording {
  const [folder = ""] = /^.*\/packages\/[^/]+\//.exec(from) ?? [];
  return JSON.parse(readFileSync(new URL(`test/fixtures/${name}.json`, folder), "utf8")) as Recording;
}
