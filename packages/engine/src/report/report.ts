import type { Diagnostic } from "../core/diagnostic.ts";
import { type Envelope, type RunFinished, type WorkProgressed, unreachable } from "../core/event.ts";
import type { TaskId } from "../core/task-id.ts";
import { diagnosticLines } from "./diagnostic.ts";
import { fewOfEach } from "./few-of-each.ts";
import { gateLines } from "./gates-table.ts";
import { headerLines } from "./header.ts";
import { HeldHits, type Hit } from "./held-hits.ts";
import { fullHitLine, isFullHit, lastLine } from "./last-line.ts";
import type { Look } from "./look.ts";
import { type Print, Printer } from "./printer.ts";
import type { OutputLogs, Reporter } from "./reporter.ts";
import { progressLine } from "./progress-line.ts";
import { isFailedTest, RunView, type TaskView } from "./run-view.ts";
import { manyLines, oneLine } from "./sanitise.ts";
import { troubleSections } from "./sections.ts";
import { type TaskColumns, taskColumns, taskLine } from "./task-line.ts";
import { type KeptLog, TaskLogs } from "./task-logs.ts";
import { TaskNotes } from "./task-notes.ts";

/** What the report for people is made with; its reporters differ in nothing else. */
export interface ReportSettings {
  readonly print: Print;
  readonly look: () => Look;
  readonly outputLogs: OutputLogs;
  readonly limit: number;
  /** Whether names wider than their column are cut. */
  readonly cutNames: boolean;
  /** Prints the log of a task below its line; it has at least one line. */
  readonly printLog: (task: TaskView, log: KeptLog) => void;
}

const MOST_HITS = 20;
const TAIL = 20;
const ALL = Number.POSITIVE_INFINITY;

/** The report of a run for people. Where all was cached and passes it is one line, so nothing is printed before that is known. */
export class Report implements Reporter {
  readonly view: RunView = new RunView();
  readonly #settings: ReportSettings;
  readonly #printer: Printer;
  readonly #logs: TaskLogs;
  readonly #tails = new Map<TaskId, KeptLog>();
  readonly #hits: HeldHits;
  readonly #notes = new TaskNotes();
  #columns: TaskColumns;
  readonly #toldNow = new Set<Diagnostic>();
  #toldDiagnostics = 0;
  #progress: WorkProgressed | undefined;
  #hasSpoken = false;
  #hasTasks = false;
  #hasEnded = false;

  constructor(settings: ReportSettings) {
    const { outputLogs, print, look } = settings;
    this.#settings = settings;
    this.#printer = new Printer(print);
    this.#logs = new TaskLogs({ keep: linesKept(outputLogs), colour: look().style.colour });
    this.#hits = new HeldHits(outputLogs === "full" ? ALL : MOST_HITS);
    this.#columns = this.#measure();
  }

  handle(envelope: Envelope): void {
    this.view.apply(envelope);
    const { event, task = "" } = envelope;
    switch (event.type) {
      case "run-started":
      case "project-affected":
      case "finding":
      case "test":
      case "measured":
      case "gate-decided":
        return;
      case "progress":
        this.#tellProgress(event);
        return;
      case "plan-ready":
        this.#columns = this.#measure();
        return;
      case "task-started":
        this.#speak();
        return;
      case "task-output":
        this.#logs.add(task, event.line);
        return;
      case "task-retried":
        // What is told of the log is that of the last attempt; the others have theirs.
        this.#logs.take(task);
        return;
      case "task-finished":
        this.#taskFinished({ task, finished: event });
        return;
      case "diagnostic":
        if (this.view.plan === undefined) this.#tellDiagnostics();
        else if (task !== "" && event.diagnostic.severity === "info") this.#tellNow(event.diagnostic);
        return;
      case "run-finished":
        this.#end(event);
        return;
      default:
        unreachable(event);
    }
  }

  /** Tells what is known of a run that did not come to its end. */
  close(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const hasTasks = [...this.view.tasks.values()].some((task) => task.finished !== undefined);
    if (this.#hasSpoken || hasTasks) this.#tellAll();
    else this.#tellDiagnostics();
  }

  #measure(): TaskColumns {
    return taskColumns(this.view, this.#settings.look().width, this.#settings.cutNames);
  }

  #speak(): void {
    if (this.#hasSpoken) return;
    this.#hasSpoken = true;
    this.#printer.block("stdout", headerLines(this.view, this.#settings.look().style));
  }

  #taskFinished(hit: Hit): void {
    const { outputLogs } = this.#settings;
    const { finished, task } = hit;
    const log = this.#logs.take(task);
    const showsLog =
      log.lines.length > 0 && (outputLogs === "full" || (outputLogs === "new-only" && finished.cache !== "hit"));
    const hasNotes = (finished.diagnostics?.length ?? 0) > 0;
    if (finished.cache === "hit" && finished.status === "ok" && !hasNotes && !showsLog) {
      this.#hits.add(hit);
      return;
    }
    if (!showsLog && finished.status !== "ok") this.#tails.set(task, log);
    this.#speak();
    for (const few of this.#hits.takeFew()) this.#tellTask(few);
    this.#tellTask(hit);
    if (showsLog) this.#settings.printLog(this.view.task(task), log);
  }

  #tellTask({ task, finished }: Hit): void {
    const look = this.#settings.look();
    this.#taskLines([
      taskLine(this.view.task(task), this.#notes.withNews(finished), this.#columns, look.style),
      ...this.#notes.lines(finished, this.#columns, look),
    ]);
  }

  /** Its step has a line of its own: told is what is over, and what is left to mend. */
  #tellProgress(progress: WorkProgressed): void {
    const isNew = progress.done !== this.#progress?.done || progress.open !== this.#progress.open;
    const isFirst = this.#progress === undefined && progress.done === 0 && progress.open === 0;
    this.#progress = progress;
    if (isNew && !isFirst) this.#taskLines([`  ${this.#settings.look().style.dim(progressLine(progress))}`]);
  }

  #tellHits(): void {
    const telling = new Set([...this.view.findings, ...this.view.tests].map((item) => item.task));
    const { single, rest } = this.#hits.takeAll((task) => telling.has(task));
    for (const hit of single) this.#tellTask(hit);
    if (rest !== undefined) this.#taskLines([`  ${this.#settings.look().style.dim(rest)}`]);
  }

  #taskLines(lines: readonly string[]): void {
    if (this.#hasTasks) this.#printer.more("stdout", lines);
    else this.#printer.block("stdout", lines);
    this.#hasTasks = true;
  }

  /** What a task waits for is told while it waits: afterwards nobody needs to know. */
  #tellNow(diagnostic: Diagnostic): void {
    this.#toldNow.add(diagnostic);
    this.#speak();
    this.#printer.more(
      "stderr",
      manyLines(diagnostic.message).map((line) => `  ${this.#settings.look().style.dim(line)}`),
    );
  }

  /** Diagnostics from before the plan are told at once: a run that fails there has nothing else to say. */
  #tellDiagnostics(): void {
    const all = this.view.diagnostics.slice(this.#toldDiagnostics).filter((each) => !this.#toldNow.has(each));
    this.#toldDiagnostics = this.view.diagnostics.length;
    const { told, left } = fewOfEach(all);
    for (const diagnostic of told) this.#printer.block("stderr", diagnosticLines(diagnostic, this.#settings.look()));
    for (const [code, count] of left)
      this.#printer.block("stderr", [
        `… and ${String(count)} more of ${code}: summary.json of the run has all of them`,
      ]);
  }

  #tellAll(): void {
    const { limit } = this.#settings;
    const look = this.#settings.look();
    this.#speak();
    this.#tellHits();
    for (const lines of troubleSections(this.view, { look, logs: this.#tails, limit }))
      this.#printer.block("stdout", lines);
    this.#tellDiagnostics();
    this.#printer.block("stdout", gateLines(this.view.gates, look.style));
  }

  #end(finished: RunFinished): void {
    this.#hasEnded = true;
    const { style } = this.#settings.look();
    const { gates, findings, tests, diagnostics, plan } = this.view;
    const isQuiet = !this.#hasSpoken && findings.length === 0 && !tests.some(({ test }) => isFailedTest(test));
    if (isQuiet && isFullHit(finished, gates)) {
      this.#tellDiagnostics();
      this.#printer.more("stdout", [fullHitLine(finished, gates, style)]);
    } else if (isQuiet && finished.nothing !== undefined && finished.interrupted === undefined) {
      this.#tellDiagnostics();
      this.#printer.more("stdout", [oneLine(finished.nothing)]);
    } else if (this.#hasSpoken || plan !== undefined || diagnostics.length === 0) {
      this.#tellAll();
      this.#printer.block("stdout", [lastLine(finished, gates, style)]);
    } else {
      this.#tellDiagnostics();
    }
  }
}

/** How many lines of a log are kept while its task runs. */
function linesKept(outputLogs: OutputLogs): number {
  switch (outputLogs) {
    case "full":
    case "new-only":
      return ALL;
    case "failed":
      return TAIL;
    case "none":
      return 0;
  }
}
