import { lstatSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { encodePath, type RepoPath } from "../../core/path.ts";
import type { Redactor } from "../../redact/redact.ts";
import type { SourceLines } from "../report-findings.ts";

/** Larger files are not shown. */
const MOST_BYTES = 2_000_000;

/** Where sources are, and until when they are those that a run saw. */
export interface SourcePlace {
  /** Absolute, real. */
  readonly root: string;
  /** When the run ended, in milliseconds since 1970; of a file that was touched later nothing is shown. */
  readonly endedAt: number;
  readonly redactor: Pick<Redactor, "text">;
}

/** Reads files of the repository as they were when a run saw them, without secrets; each once. Nothing outside is read. */
export function createSourceLines({ root, endedAt, redactor }: SourcePlace): SourceLines {
  const known = new Map<RepoPath, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, linesOf(root, file, endedAt, redactor));
    return known.get(file);
  };
}

function linesOf(
  root: string,
  file: RepoPath,
  endedAt: number,
  redactor: SourcePlace["redactor"],
): readonly string[] | undefined {
  if (!isInside(file)) return undefined;
  try {
    const path = encodePath(join(root, file));
    const { mtimeMs, ctimeMs, size, isFile } = statOf(path);
    if (!isFile || size > MOST_BYTES || !(Math.max(mtimeMs, ctimeMs) <= endedAt)) return undefined;
    if (!realpathSync(path).startsWith(realpathSync(root) + sep)) return undefined;
    const lines = redactor.text(readFileSync(path, "utf8")).split("\n");
    if (lines.at(-1) === "") lines.pop();
    return lines.map((line) => line.replace(/\r$/, ""));
  } catch {
    return undefined;
  }
}

function statOf(path: string | Buffer): { mtimeMs: number; ctimeMs: number; size: number; isFile: boolean } {
  const stat = lstatSync(path);
  return { mtimeMs: stat.mtimeMs, ctimeMs: stat.ctimeMs, size: stat.size, isFile: stat.isFile() };
}

/** A run's events are a file like any other: a path in them may point anywhere. */
function isInside(file: RepoPath): boolean {
  const segments = file.split(/[/\\]/);
  const isOurs = segments[0] === ".git" || segments[0] === ".symbiotic";
  return !isOurs && !/^(?:[/\\]|[A-Za-z]:)|\0/.test(file) && !segments.includes("..") && file !== "";
}
