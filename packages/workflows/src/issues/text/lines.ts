/** One line of a document, without what ends it. */
export interface SourceLine {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Where it begins in the document. */
  readonly start: number;
  /** Where it ends, before `\r\n` or `\n`. */
  readonly end: number;
  /** Where the next one begins. */
  readonly next: number;
}

/** The lines of a document, whatever ends them. A byte order mark belongs to no line. */
export function linesOf(text: string): SourceLine[] {
  const lines: SourceLine[] = [];
  const hasReturns = text.includes("\r");
  for (let start = text.startsWith("\ufeff") ? 1 : 0; start < text.length; ) {
    const end = hasReturns ? endOf(text, start) : before(text, "\n", start);
    const next = text.startsWith("\r\n", end) ? end + 2 : Math.min(end + 1, text.length);
    lines.push({ text: text.slice(start, end), number: lines.length + 1, start, end, next });
    start = next;
  }
  return lines;
}

const END = /[\r\n]/g;

function endOf(text: string, from: number): number {
  END.lastIndex = from;
  return END.exec(text)?.index ?? text.length;
}

function before(text: string, ending: string, from: number): number {
  const index = text.indexOf(ending, from);
  return index < 0 ? text.length : index;
}

/** Whether nothing is in it but white space. */
export function isBlank({ text }: SourceLine): boolean {
  return text.trim() === "";
}

/** How many characters of white space it begins with. */
export function indentOf({ text }: SourceLine): number {
  return text.length - text.trimStart().length;
}
