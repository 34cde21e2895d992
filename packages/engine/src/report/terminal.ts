import type { Envelope } from "../core/event.ts";
import { LiveRegion, type Size } from "./live-region.ts";
import { DEFAULT_LIMIT } from "./plain.ts";
import { Report } from "./report.ts";
import type { HumanSettings, Reporter, StreamName, Write } from "./reporter.ts";
import { createStyle } from "./style.ts";
import { barredLines } from "./task-logs.ts";

/** What the reporter for terminals takes. */
export interface TerminalSettings extends HumanSettings {
  readonly colour: boolean;
  /** The terminal's size; asked for each frame, so that it may change. */
  readonly size: () => Size;
  /** A clock in milliseconds that never goes back. */
  readonly now: () => number;
  /** Calls back every so many milliseconds until the function that it gives is called. */
  readonly every: (milliseconds: number, callback: () => void) => () => void;
}

const FRAME_MS = 100;
const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
/** Terminals that know them show what is between at once; the others ignore them. */
const BEGIN = "\u001b[?2026h";
const END = "\u001b[?2026l";
/** A line that the terminal draws wider than we think is cut, not wrapped: the region keeps its height. */
const [NO_WRAP, WRAP] = ["\u001b[?7l", "\u001b[?7h"];
/** The cursor rests at the start of the region, wherever a new size has put that: erasing needs no counting. */
const ERASE = "\r\u001b[J";

/**
 * The report with colour, and below it what runs just now. Permanent lines go to their streams as from the plain
 * reporter; the region lies on stderr and is gone at the end, so that what is left is a clean log.
 */
export function createTerminalReporter(settings: TerminalSettings): Reporter {
  return new TerminalReporter(settings);
}

class TerminalReporter implements Reporter {
  readonly #settings: TerminalSettings;
  readonly #report: Report;
  readonly #region: LiveRegion;
  readonly #waiting: { readonly stream: StreamName; readonly text: string }[] = [];
  #stop: (() => void) | undefined;

  constructor(settings: TerminalSettings) {
    const { colour, now, outputLogs = "failed", limit = DEFAULT_LIMIT } = settings;
    const style = createStyle(colour);
    const wait = (stream: StreamName, lines: readonly string[]): void => {
      this.#waiting.push({ stream, text: `${lines.join("\n")}\n` });
    };
    this.#settings = settings;
    this.#region = new LiveRegion(style, now);
    this.#report = new Report({
      print: wait,
      look: () => ({ style, width: this.#size().columns }),
      outputLogs,
      limit,
      cutNames: true,
      printLog: (_task, log) => wait("stderr", barredLines(log, style)),
    });
  }

  handle(envelope: Envelope): void {
    this.#region.apply(envelope);
    this.#report.handle(envelope);
    if (this.#region.isOn) this.#start();
    else this.#end();
  }

  close(): void {
    this.#report.close();
    this.#end();
  }

  /** From now on what is printed waits for the next frame. */
  #start(): void {
    if (this.#stop !== undefined) return;
    this.#settings.write("stderr", HIDE_CURSOR);
    this.#frame();
    this.#stop = this.#settings.every(FRAME_MS, () => this.#frame());
  }

  #frame(): void {
    const lines = this.#region.lines(this.#report.view, this.#size());
    const up = lines.length > 1 ? `\u001b[${String(lines.length - 1)}A` : "";
    this.#write(`${BEGIN}${ERASE}`, `${NO_WRAP}${lines.join("\n")}${WRAP}${up}\r${END}`);
  }

  #end(): void {
    if (this.#stop === undefined) {
      this.#write("", "");
      return;
    }
    this.#stop();
    this.#stop = undefined;
    this.#write(ERASE, SHOW_CURSOR);
  }

  /** What waits, in order, between two pieces of control: one write where all of it is for stderr. */
  #write(before: string, after: string): void {
    const pieces = [
      { stream: "stderr", text: before } as const,
      ...this.#waiting,
      { stream: "stderr", text: after } as const,
    ];
    this.#waiting.length = 0;
    writeMerged(pieces, this.#settings.write);
  }

  #size(): Size {
    const { columns, rows } = this.#settings.size();
    return { columns: columns > 0 ? columns : 80, rows: rows > 0 ? rows : 24 };
  }
}

function writeMerged(pieces: readonly { readonly stream: StreamName; readonly text: string }[], write: Write): void {
  let [stream, text]: [StreamName, string] = ["stderr", ""];
  for (const piece of pieces.filter((part) => part.text !== "")) {
    if (piece.stream !== stream && text !== "") {
      write(stream, text);
      text = "";
    }
    stream = piece.stream;
    text += piece.text;
  }
  if (text !== "") write(stream, text);
}
