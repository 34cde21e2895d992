import { readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Envelope, RunStarted } from "../../core/event.ts";
import { byCodeUnit } from "../../core/json.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Redactor } from "../../redact/redact.ts";
import { runReportOf } from "../run-report-of.ts";
import type { SourceLines } from "../report-findings.ts";
import type { RunReport } from "../run-report.ts";
import { type Artifact, type ArtifactIndex, INDEX_KIND, type IndexedFile } from "./artifact.ts";
import { artifactsOf, type ReportSources } from "./artifacts-of.ts";
import { sha256Of } from "./earlier.ts";
import type { ReportsAsked } from "./formats.ts";
import { loadRun } from "./load-run.ts";
import { createSourceLines } from "./source-lines.ts";
import { writeReports } from "./write-reports.ts";

/** A run that is to be reported. */
export interface RunPlace {
  /** Where the files lie that it was about, absolute. */
  readonly root: string;
  /** Its folder, absolute. */
  readonly directory: string;
  readonly redactor: Pick<Redactor, "text">;
  /** The run is only just over: what lies there is what it saw, also where it ran on what is staged. */
  readonly isNow: boolean;
}

/** A run that was read, and what is to be said of it. */
export interface ReadRun extends ReportSources {
  readonly notices: readonly Diagnostic[];
}

/** What was written, and what is to be said of it. */
export interface Collected {
  readonly index: ArtifactIndex;
  readonly notices: readonly Diagnostic[];
}

/** Reads a run from its folder. */
export function readRun(place: RunPlace): Result<ReadRun, Diagnostic> {
  const loaded = loadRun(place.directory);
  if (!loaded.ok) return loaded;
  const { events, notices } = loaded.value;
  const sources = sourcesOf(place, events);
  return ok({ report: runReportOf(events, sources), events, sources, notices });
}

/** Makes the reports of a run that was read, and writes them. */
export async function collect(
  run: ReadRun,
  { formats, folder, root, directory }: ReportsAsked & Pick<RunPlace, "root" | "directory">,
): Promise<Result<Collected, Diagnostic>> {
  const { artifacts, notices } = await artifactsOf(run, {
    formats,
    toRoot: relative(folder, root).replaceAll(sep, "/") || ".",
  });
  const index = indexOf(run.report, artifacts, { root, directory, folder });
  const written = await writeReports({ folder, artifacts, index });
  return written.ok ? ok({ index, notices }) : written;
}

/** What was staged is not what lies in the work tree. */
function sourcesOf({ root, redactor, isNow }: RunPlace, events: readonly Envelope[]): SourceLines {
  const started = events.map(({ event }) => event).find((event): event is RunStarted => event.type === "run-started");
  if (started === undefined || (started.comparison?.reason === "staged" && !isNow)) return () => undefined;
  const endedAt = Date.parse(started.startedAt) + (events.at(-1)?.t ?? 0);
  return createSourceLines({ root, endedAt, redactor });
}

interface Folders extends Pick<RunPlace, "root" | "directory"> {
  readonly folder: string;
}

function indexOf({ run, tasks }: RunReport, artifacts: readonly Artifact[], folders: Folders): ArtifactIndex {
  const own = artifacts.map(({ path, format, what, text }): IndexedFile => {
    return { path, format, what, bytes: Buffer.byteLength(text), sha256: sha256Of(text), run: run.id, task: null };
  });
  const logs = tasks.flatMap(({ id, log }) => (log === null ? [] : logFile(log, { run: run.id, task: id }, folders)));
  const files = [...own, ...logs].sort((a, b) => byCodeUnit(a.path, b.path));
  return { kind: INDEX_KIND, v: 1, run: run.id, outcome: run.outcome, startedAt: run.startedAt, files };
}

/** A log of the run, where it is still there. */
function logFile(
  log: string,
  of: Pick<IndexedFile, "run" | "task">,
  { root, folder, directory }: Folders,
): IndexedFile[] {
  try {
    const file = realpathSync(join(root, log));
    if (!file.startsWith(realpathSync(directory) + sep)) return [];
    const bytes = readFileSync(file);
    const path = relative(folder, file).replaceAll(sep, "/");
    return [{ path, format: "log", what: "log of a task", bytes: bytes.length, sha256: sha256Of(bytes), ...of }];
  } catch {
    return [];
  }
}
