import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  ok,
  type Command,
  type CommandAtom,
  type CommandResult,
  type Diagnostic,
  type Outcome,
  type Result,
} from "@symbiotic-build/engine";
import type { RuffCommandContext, RuffContext } from "../../src/context.ts";
import type { RuffFacts } from "../../src/facts.ts";
import type { RuffOptions } from "../../src/options.ts";
import { contextOf, withTool, type Repository } from "../context.ts";

const BIN = fileURLToPath(new URL("../../../../.cache/python/", import.meta.url));
const RUFF = process.platform === "win32" ? join(BIN, "Scripts", "ruff.exe") : join(BIN, "bin", "ruff");
const EMBEDDED = fileURLToPath(new URL("../../src/wasm/main.ts", import.meta.url));

/** Files on a disk, in a git repository of their own, that go away with the block. */
export interface OnDisk extends Disposable {
  readonly root: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Writes a repository. */
export function onDisk(files: Readonly<Record<string, string | Buffer>>): OnDisk {
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), "plugin-ruff-")));
  spawnSync("git", ["init", "--quiet", root]);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return {
    root,
    files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, content.toString()])),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

type RuffAtom = CommandAtom<RuffOptions, RuffFacts>;

/** How a test runs an atom. */
export interface RunOptions extends Omit<Repository, "files"> {
  readonly tool?: "ruff" | "ruff-wasm";
  /** Another ruff than the one that the tests bring. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs an atom's command for real and parses what it left, as the engine does. */
export function run(repository: OnDisk, atom: RuffAtom, options: RunOptions = {}): Result<Outcome, Diagnostic> {
  const context: RuffContext = contextOf({ ...options, files: repository.files });
  const full = withTool(context, options.tool);
  const command = atom.command(full);
  const result = start(repository, { ...command, cwd: command.cwd ?? context.project.root }, options.env ?? {});
  if (atom.parse === undefined) throw new Error("the atom has no parse");
  return atom.parse(result, full);
}

/** Runs one ruff for several projects and divides what it left, as the engine does. */
export function runTogether(
  repository: OnDisk,
  atom: RuffAtom,
  projects: readonly [RunOptions["project"], ...RunOptions["project"][]],
): readonly Result<Outcome, Diagnostic>[] {
  const { batch } = atom;
  if (batch === undefined) throw new Error("the atom has no batch");
  const of = (project: RunOptions["project"]): RuffCommandContext =>
    withTool(contextOf({ files: repository.files, ...(project === undefined ? {} : { project }) }));
  const [first, ...others] = projects;
  const contexts = [of(first), ...others.map(of)] as const;
  const keys = new Set(contexts.map((context) => batch.key(context)));
  if (keys.size !== 1 || keys.has(undefined)) throw new Error("these do not share a process");
  const command = batch.command(contexts);
  const divided = batch.parse(start(repository, { ...command, cwd: command.cwd ?? "." }, {}), contexts);
  return divided.ok ? divided.value.map((outcome) => ok(outcome)) : [divided];
}

/** The findings of a run, each as `path:line rule`; fails the test where there is no result. */
export function findingsOf(outcome: Result<Outcome, Diagnostic>): string[] {
  if (!outcome.ok) throw new Error(`${outcome.error.message}\n${(outcome.error.notes ?? []).join("\n")}`);
  const findings = outcome.value.evidence.findings ?? [];
  return findings.map(({ file, range, rule }) => `${file}:${String(range?.start.line ?? 0)} ${rule}`);
}

/** What ruff itself says from the repository's root, in the same words, sorted. */
export function ruffByHand(repository: OnDisk, args: readonly string[] = ["check"]): string[] {
  const done = spawnSync(RUFF, [...args, ".", "--output-format", "json"], {
    cwd: repository.root,
    encoding: "utf8",
    env: environment({}),
  });
  const entries = JSON.parse(done.stdout) as { filename: string; code: string; location: { row: number } | null }[];
  return entries
    .map(({ filename, code, location }) =>
      `${portable(filename, repository.root)}:${String(location?.row ?? 0)} ${code}`.replace("{root}/", ""),
    )
    .sort();
}

function start(repository: OnDisk, command: Command, env: Readonly<Record<string, string>>): CommandResult {
  const [program, ...args] = command.argv;
  const [file, before] =
    program === "{ruff}" ? [RUFF, []] : [process.execPath, ["--conditions=@symbiotic-build/source", EMBEDDED]];
  const done = spawnSync(file, [...before, ...args], {
    cwd: join(repository.root, command.cwd ?? "."),
    encoding: "utf8",
    env: environment({ ...env, ...command.env }),
    input: command.stdin ?? "",
    maxBuffer: 1e8,
  });
  if (done.error) throw done.error;
  return {
    exitCode: done.status ?? -1,
    stdout: portable(done.stdout, repository.root),
    stderr: portable(done.stderr, repository.root),
    files: {},
  };
}

function environment(more: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = "", SYSTEMROOT = "" } = process.env;
  return { PATH, SYSTEMROOT, RUFF_NO_CACHE: "true", HOME: tmpdir(), ...more };
}

/** Stands for what the engine does to a process's output. */
function portable(text: string, root: string): string {
  if (process.platform !== "win32") return text.replaceAll(`${root}/`, "{root}/");
  const escaped = root.replaceAll("\\", "\\\\");
  return text.replaceAll(
    new RegExp(`(?:${escaped.replaceAll("\\", "\\\\")}|${escaped})([^"\\n]*)`, "g"),
    (_, rest: string) => `{root}${rest.replace(/\\+/g, "/")}`,
  );
}
