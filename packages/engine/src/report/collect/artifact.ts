import type { TaskId } from "../../core/task-id.ts";
import type { ReportFormat } from "./formats.ts";

/** A file to write. */
export interface Artifact {
  /** From the folder of the reports, `/` between segments. */
  readonly path: string;
  readonly format: ReportFormat;
  /** What it is, in a few words for people. */
  readonly what: string;
  readonly text: string;
}

/** `index.json` beside the reports: what there is, and of which run. */
export interface ArtifactIndex {
  readonly kind: typeof INDEX_KIND;
  readonly v: 1;
  /** The run that all of it is of. */
  readonly run: string;
  readonly outcome: string;
  /** ISO 8601. */
  readonly startedAt: string | null;
  /** Sorted by path. */
  readonly files: readonly IndexedFile[];
}

/** A file and what it is. */
export interface IndexedFile {
  /** From the folder of the index; a log lies in the run's own folder, elsewhere. */
  readonly path: string;
  readonly format: ReportFormat | "log";
  readonly what: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly run: string;
  /** The task that it is of; `null` where it is of the run. */
  readonly task: TaskId | null;
}

/** By it an index is known for one of ours. */
export const INDEX_KIND = "symbiotic artifact index";

/** The name of the index. */
export const INDEX_FILE = "index.json";
