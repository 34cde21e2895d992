import { spawn } from "node:child_process";
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { normalise } from "./normalise.ts";
import { BINARY, ROOT } from "./places.ts";
import { createRepository, linkPackages, type Files, type TestRepository } from "./repository.ts";

/** A run of the built binary, and how it came about. */
export interface Told {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was told from a snapshot: such a run has no journal. Undefined where it left no folder. */
  readonly isRecalled: boolean | undefined;
}

/** What may differ from run to run. */
export interface TellOptions {
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How much later than now the process believes it is; an hour where it is not said, so that every state is proven. */
  readonly laterMs?: number;
}

const LATER = pathToFileURL(join(ROOT, "test/support/later.mjs")).href;
const HOUR_MS = 3_600_000;
const RUN = ["run", "all"];
const JSON_RUN = [...RUN, "--json"];

/** Runs `symbiotic run all` in a repository. */
export async function tell(repository: TestRepository, options: TellOptions = {}): Promise<Told> {
  const before = new Set(runsOf(repository.root));
  const ended = await start(repository, options).ended;
  const folder = runsOf(repository.root).find((name) => !before.has(name));
  const journal = folder && join(repository.root, ".symbiotic/runs", folder, "journal.jsonl");
  return { ...ended, isRecalled: journal === undefined ? undefined : !existsSync(journal) };
}

/** Starts one. */
export function start(
  repository: TestRepository,
  { args = RUN, cwd = repository.root, env = {}, laterMs = HOUR_MS }: TellOptions = {},
): { readonly pid: number; readonly ended: Promise<Omit<Told, "isRecalled">> } {
  const all: Record<string, string | undefined> = {
    ...repository.env,
    // With one slot there is one thread: starting a second takes longer than what it would do in any of these runs.
    SYMBIOTIC_CONCURRENCY: "1",
    SYMBIOTIC_TEST_LATER_MS: String(laterMs),
    ...env,
  };
  const kept = Object.entries(all).filter(([name, value]) => value !== undefined && !/^GIT_(?:AUTHOR|COMM)/.test(name));
  const argv = ["--import", LATER, BINARY, ...args];
  const child = spawn(process.execPath, argv, {
    cwd,
    env: Object.fromEntries(kept),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const streams = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (streams.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (streams.stderr += text));
  const ended = new Promise<Omit<Told, "isRecalled">>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, ...streams });
    });
  });
  return { pid: child.pid ?? 0, ended };
}

/** Something that happens between two runs. */
export interface Step {
  /** What happens, in words. */
  readonly name: string;
  readonly change: (repository: TestRepository) => void;
  /** Whether the run after it is told from the snapshot. */
  readonly isRecalled: boolean;
  /** For what happens of which no snapshot can be told: puts it right again, for the next step. */
  readonly undo?: (repository: TestRepository) => void;
  readonly options?: TellOptions;
}

/**
 * Takes the steps one after the other, each from a state of which a snapshot is told, and holds what a run then tells and
 * leaves against what the whole way tells and leaves. `edit` is done and run before each step, so that the snapshot is
 * one that was amended.
 */
export async function takeSteps(
  repository: TestRepository,
  steps: readonly Step[],
  edit?: (repository: TestRepository) => void,
): Promise<void> {
  await tell(repository, { args: JSON_RUN });
  for (const { name, change, isRecalled, undo, options } of steps) {
    const known = { args: JSON_RUN, ...options };
    if (edit !== undefined) {
      await tell(repository, known);
      edit(repository);
    }
    const before = await tell(repository, known);
    const again = before.isRecalled === true ? before : await tell(repository, known);
    expect(again.isRecalled, `before: ${name}`).toBe(true);
    change(repository);
    const { first, here, whole } = await compare(repository, { args: JSON_RUN, ...options });
    expect.soft(here, name).toEqual(whole);
    expect.soft(first.isRecalled === true, `${name}: told from the snapshot`).toBe(isRecalled);
    undo?.(repository);
  }
}

/** What a run told and left, and what the whole way tells and leaves from the same state. */
export interface Compared {
  readonly first: Told;
  readonly here: Left;
  readonly whole: Left;
}

/** What somebody can see of a run. */
export interface Left {
  readonly exitCode: number | null;
  readonly stdout: unknown;
  readonly stderr: string;
  readonly files: Readonly<Record<string, string>>;
}

/** Runs once as it is, then puts everything back and runs without snapshots. */
export async function compare(repository: TestRepository, options: TellOptions = {}): Promise<Compared> {
  const aside = `${repository.root}.aside`;
  rmSync(aside, { recursive: true, force: true });
  copyTree(repository.root, aside);
  const first = await tell(repository, options);
  const here = leftBy(first, repository);
  rmSync(repository.root, { recursive: true });
  copyTree(aside, repository.root);
  forget(repository);
  const whole = leftBy(await tell(repository, options), repository);
  return { first, here, whole };
}

/** Removes all snapshots. */
function forget({ root }: TestRepository): void {
  rmSync(join(root, ".git/symbiotic/snapshots"), { recursive: true, force: true });
}

function copyTree(from: string, to: string): void {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
}

function leftBy({ exitCode, stdout, stderr }: Told, repository: TestRepository): Left {
  const plain = (text: string): string => normalise(text, repository).replace(/\d+(?:\.\d+)?(?:ms|s)\b/g, "<time>");
  const told: unknown = stdout.startsWith("{") ? JSON.parse(stdout, timeless) : plain(stdout);
  const text = JSON.stringify(told).replace(/\d{8}-\d{6}-[0-9a-f]{4}/g, "<run>");
  return { exitCode, stdout: JSON.parse(text), stderr: plain(stderr), files: filesIn(repository.root) };
}

function timeless(key: string, value: unknown): unknown {
  return ["durationMs", "startedAt", "finishedAt", "endedAt"].includes(key) ? undefined : value;
}

/** All files and empty folders but git's and those of runs, with what is in them. */
function filesIn(root: string, folder = "."): Record<string, string> {
  const found: Record<string, string> = {};
  const names = readdirSync(join(root, folder));
  if (names.length === 0) found[`${folder}/`] = "";
  for (const name of names) {
    const path = folder === "." ? name : `${folder}/${name}`;
    if ([".git", "node_modules", ".symbiotic/runs", ".symbiotic/tmp"].includes(path) || name === ".ruff_cache")
      continue;
    const stat = lstatSync(join(root, path));
    const key = path.replace(/\d{8}-\d{6}-[0-9a-f]{4}/, "<run>");
    if (stat.isDirectory()) Object.assign(found, filesIn(root, path));
    else if (stat.isSymbolicLink()) found[key] = `-> ${readlinkSync(join(root, path))}`;
    else found[key] = `${(stat.mode & 0o111).toString(8)} ${read(join(root, path))}`;
  }
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key.replace(/\d{8}-\d{6}-[0-9a-f]{4}/, "<run>"), value]),
  );
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "?";
  }
}

function runsOf(root: string): string[] {
  const folder = join(root, ".symbiotic/runs");
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Where the snapshots of a repository lie, absolute. */
export function snapshotsOf({ root }: TestRepository): string[] {
  const folder = join(root, ".git/symbiotic/snapshots");
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

/** A repository with two projects and a plugin that has what a snapshot may stumble over: settings, findings, long evidence, variables, builds, a gate. */
export function createRecallRepository(files: Files = {}): TestRepository {
  const repository = createRepository({
    ".gitignore": "node_modules/\ndist/\nbuild/\n*.local\n",
    "plugin.ts": PLUGIN,
    "helper.ts": 'export const word = "helper";\n',
    "symbiotic.config.ts": CONFIG,
    "lib/project.json": '{ "name": "lib" }\n',
    "lib/settings.json": "{}\n",
    "lib/src/a.txt": "a\n",
    "lib/src/b.txt": "bad b\n",
    "app/project.json": '{ "name": "app", "dependsOn": ["lib"] }\n',
    "app/src/main.txt": "main\n",
    "lib/NOTES.md": "notes\n",
    "README.md": "read me\n",
    ...files,
  });
  linkPackages(repository.root);
  return repository;
}

const CONFIG = `import { defineConfig } from "@symbiotic-build/engine";
import { local } from "./plugin.ts";

export default defineConfig({ plugins: [local({})], disable: ["python", "node", "ruff", "pytest"] });
`;

const PLUGIN = `import { definePlugin, ok, parentOf } from "@symbiotic-build/engine";
import * as z from "zod";
import { word } from "./helper.ts";

const BUILD = \`
const fs = require("fs");
const all = fs.readdirSync("src").sort().map((name) => fs.readFileSync("src/" + name, "utf8")).join("");
fs.mkdirSync("dist/sub", { recursive: true });
fs.writeFileSync("dist/all.txt", all);
fs.writeFileSync("dist/sub/count.txt", String(all.length));
\`;
const CHECK = \`
const fs = require("fs");
const name = process.cwd().split(/[\\\\\\\\/]/).pop();
const rows = fs.readdirSync("src").sort().flatMap((file) => fs.readFileSync("src/" + file, "utf8").split("\\\\n").map((line, at) => [name + "/src/" + file, at + 1, line]));
console.log(JSON.stringify({ rows: rows.filter(([, , line]) => line.includes("bad")), mode: process.env.MODE ?? null, count: Number(process.env.X_COUNT ?? "1") }));
\`;

const findings = ({ rows, count }) => rows.flatMap(([file, line]) => Array.from({ length: count }, (_, at) => ({
  tool: "local", rule: "no-bad", level: "error", message: "bad " + at + " " + "x".repeat(60), file,
  range: { start: { line, column: 1 }, end: { line, column: 4 } },
})));

export const local = definePlugin({
  api: 1,
  name: "local",
  from: import.meta.url,
  options: z.strictObject({ more: z.string().default("") }),
  discovery: {
    files: ["**/project.json"],
    projects: ({ files, paths }) =>
      ok(files.map(({ path, text }) => {
        const { name, dependsOn = [] } = JSON.parse(text);
        const edges = dependsOn.map((root) => ({ root, because: "project.json" }));
        return { name, root: parentOf(path), manifests: [path], dependsOn: edges, tags: paths.includes("README.md") ? ["read"] : [], environments: [] };
      })),
  },
  inspect: {
    texts: ["settings.json", "settings.local"],
    paths: ["**/*.md"],
    facts: ({ texts, paths }) => ok({ settings: texts.map(({ path, text }) => [path, text]), paths }),
  },
  atoms: {
    make: {
      kind: "build", title: "make", describe: "joins the sources",
      inputs: () => ({ files: ["src/*.txt"], literal: ["secret.local"] }),
      outputs: () => ["dist", "build/never"],
      dependsOn: ["^make"],
      command: ({ project }) => ({ argv: ["node", "-e", BUILD], cwd: project.root }),
    },
    check: {
      kind: "check", title: "check", describe: "finds what is bad",
      inputs: () => ({ files: ["src/*.txt"], upstreamFiles: ["src/*.txt"], configs: ["settings.json"], variables: ["MODE", "X_*"] }),
      dependsOn: ["make"],
      command: ({ project, facts, options }) => ({ argv: ["node", "-e", CHECK, JSON.stringify(facts), word, options.more], cwd: project.root }),
      parse: (result) => {
        const told = JSON.parse(result.stdout);
        return ok({ status: "ok", summary: told.rows.length + " bad, mode " + told.mode, evidence: { tool: "local", findings: findings(told), metrics: [{ name: "bad", value: told.rows.length, unit: "" }] } });
      },
    },
    note: {
      kind: "check", title: "note", describe: "is skipped where there is nothing to note",
      applies: ({ facts }) => (facts.paths.length > 0 ? true : { skipped: "no notes" }),
      inputs: () => ({ files: ["**/*.md"] }),
      command: ({ project }) => ({ argv: ["node", "-e", "console.log('noted')"], cwd: project.root }),
    },
  },
  gates: {
    good: {
      title: "nothing bad", describe: "nothing is bad",
      reads: ["check"],
      required: () => true,
      decide: ({ tasks }) => {
        const bad = tasks.flatMap(({ evidence }) => evidence?.findings ?? []).length;
        return { verdict: bad === 0 ? "pass" : "fail", measured: String(bad), wanted: "0", numbers: { bad } };
      },
      total: (decisions) => ({ measured: String(decisions.reduce((sum, { numbers }) => sum + (numbers?.bad ?? 0), 0)), wanted: "0" }),
    },
  },
  targets: { all: ["make", "check", "note"] },
});
`;
