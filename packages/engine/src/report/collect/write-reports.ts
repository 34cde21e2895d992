import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Diagnostic, errorOf } from "../../core/diagnostic.ts";
import { jsonText } from "../json-text.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { type Lock, openLocks } from "../../cache/lock.ts";
import { uniqueName, writeAtomically } from "../../fingerprint/files/write-atomically.ts";
import { type Artifact, type ArtifactIndex, INDEX_FILE } from "./artifact.ts";
import { type Earlier, PENDING_FILE, readEarlier, sha256Of, standingAt } from "./earlier.ts";

/** Where a collection prepares what it puts in place. */
export const WORK_FOLDER = ".symbiotic-reports";

/** What is to be written. */
export interface Collection {
  /** Absolute. */
  readonly folder: string;
  readonly artifacts: readonly Artifact[];
  /** With all that `artifacts` has. */
  readonly index: ArtifactIndex;
}

const REPORT_FILES = [
  ...["findings.sarif", "junit.xml", "coverage.xml", "gl-code-quality.json", "events.jsonl", "summary.json"],
  "htmlcov",
].map((name) => `reports/${name}`);
const IGNORE_FILE = ".gitignore";
const IGNORE_ALL = "*\n";
const IGNORE_OWN = `${["index.html", INDEX_FILE, "summary.md", ...REPORT_FILES, WORK_FOLDER, IGNORE_FILE].map((name) => `/${name}`).join("\n")}\n`;
const WAIT_MS = 30_000;

/**
 * Puts the files in place, each whole, the index last; what an earlier collection wrote and this one does not is removed. A
 * file that no collection wrote, or that somebody has changed since, is never touched: one in the way is an error, and
 * then nothing is written. One process at a time writes; who is killed leaves the old files or whole new ones.
 */
export async function writeReports(collection: Collection): Promise<Result<null, Diagnostic>> {
  const { folder } = collection;
  const work = join(folder, WORK_FOLDER);
  try {
    const wasEmpty = !existsSync(folder) || readdirSync(folder).every((name) => name === WORK_FOLDER);
    mkdirSync(work, { recursive: true });
    const lock = await takeTurn(work);
    if (lock === undefined) return fail(busy(folder));
    try {
      return put(collection, { work, wasEmpty });
    } finally {
      lock.release();
      removeIfEmpty(work);
    }
  } catch (thrown) {
    return fail(notWritable(folder, thrown));
  }
}

async function takeTurn(work: string): Promise<Lock | undefined> {
  const locks = openLocks(work);
  const until = AbortSignal.timeout(WAIT_MS);
  for (;;) {
    const lock = locks.acquire("collect");
    if (lock.acquired) return lock;
    try {
      await locks.waitFor("collect", until);
    } catch {
      return undefined;
    }
  }
}

interface Place {
  readonly work: string;
  /** Nobody else has anything in the folder. */
  readonly wasEmpty: boolean;
}

function put({ folder, artifacts, index }: Collection, { work, wasEmpty }: Place): Result<null, Diagnostic> {
  const earlier = readEarlier(folder, work);
  const wanted = new Map(artifacts.map(({ path, text }) => [path, sha256Of(text)]));
  const foreign = foreignFile(folder, earlier, wanted);
  if (foreign !== undefined) return fail(inTheWay(folder, foreign));
  clear(work);
  const stage = join(work, `stage-${uniqueName()}`);
  try {
    for (const { path, text } of artifacts) writeInto(stage, path, text);
    // What stood there before is still known for ours when this is killed.
    const files = [...pairs(earlier), ...wanted].map(([path, sha256]) => ({ path, sha256 }));
    writeAtomically(join(work, PENDING_FILE), jsonText({ kind: index.kind, files }));
    ignore(folder, wasEmpty);
    for (const { path } of artifacts) moveIn(join(stage, path), join(folder, path));
    removeOld(folder, earlier, wanted);
    writeAtomically(join(folder, INDEX_FILE), `${jsonText(index, 2)}\n`, work);
    rmSync(join(work, PENDING_FILE), { force: true });
    return ok(null);
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** A file or folder that is not ours where one of ours would go. */
function foreignFile(folder: string, earlier: Earlier, wanted: ReadonlyMap<string, string>): string | undefined {
  for (const parent of ["reports", "reports/htmlcov"]) {
    const stat = lstatSync(join(folder, parent), { throwIfNoEntry: false });
    if (stat !== undefined && !stat.isDirectory()) return parent;
  }
  const index = standingAt(folder, INDEX_FILE, { earlier });
  if (index === "foreign") return INDEX_FILE;
  return [...wanted].find(([path, digest]) => standingAt(folder, path, { earlier, wanted: digest }) === "foreign")?.[0];
}

function pairs(earlier: Earlier): [string, string][] {
  return [...earlier].flatMap(([path, digests]) => [...digests].map((digest): [string, string] => [path, digest]));
}

/** Left by collections that were killed: while the lock is held there is no other. */
function clear(work: string): void {
  for (const name of readdirSync(work))
    if (name.startsWith("stage-") || name.endsWith(".tmp")) rmSync(join(work, name), { recursive: true, force: true });
}

function writeInto(stage: string, path: string, text: string): void {
  const file = join(stage, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function moveIn(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

/** A folder of ours ignores itself; in one of somebody else only what is ours is ignored. */
function ignore(folder: string, wasEmpty: boolean): void {
  const file = join(folder, IGNORE_FILE);
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined)
    writeFileSync(file, wasEmpty ? IGNORE_ALL : IGNORE_OWN, { flag: "wx" });
}

function removeOld(folder: string, earlier: Earlier, wanted: ReadonlyMap<string, string>): void {
  for (const path of earlier.keys())
    if (!wanted.has(path) && standingAt(folder, path, { earlier }) === "ours")
      rmSync(join(folder, path), { force: true });
  for (const parent of ["reports/htmlcov", "reports"]) removeIfEmpty(join(folder, parent));
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Something of somebody else is in it, or it is not there.
  }
}

function inTheWay(folder: string, path: string): Diagnostic {
  return errorOf("SYM4085", `${join(folder, path)} is in the way: it is no report of ours, or was changed since`, {
    hint: "move it away, or name another folder with `--out`; nothing was written",
  });
}

function busy(folder: string): Diagnostic {
  return errorOf("SYM4087", `another process has been writing reports into ${folder} for ${String(WAIT_MS / 1000)} s`, {
    hint: "wait for its end, or name another folder with `--out`; nothing was written",
  });
}

function notWritable(folder: string, thrown: unknown): Diagnostic {
  const why = thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);
  return errorOf("SYM4084", `the reports cannot be written into ${folder}: ${why}`, {
    hint: "make it a folder that you may write to, or name another with `--out`; each file there is whole, old or new",
  });
}
