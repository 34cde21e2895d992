import type { SourceLine } from "../text/lines.ts";
import { sectionOfHeading, type Section } from "./section.ts";

/** A heading above a line. */
export interface Heading {
  readonly text: string;
  readonly level: number;
  readonly section: Section | undefined;
}

/** A line of a body, with the sections that it is in and whether it is code. */
export interface BodyLine {
  readonly line: SourceLine;
  /** The nearest heading above it. */
  readonly heading: Heading | undefined;
  /** What the nearest heading above it that is about anything says: a section within one about files is about files, too. */
  readonly section: Section | undefined;
  /** The fenced block that it is in: its language, and its line, which tells blocks apart. */
  readonly code: { readonly language: string; readonly block: number } | undefined;
}

interface State {
  /** Those above the line, the outermost first. */
  headings: readonly Heading[];
  section: Section | undefined;
  code: (BodyLine["code"] & { readonly fence: string }) | undefined;
  inComment: boolean;
  readonly which: "known" | "all";
}

const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*)$/;
/** Some write a bold line for a heading. It ranks below all others. */
const BOLD = /^ {0,3}(?:\*\*|__)([^*_]{1,80})(?:\*\*|__):?\s*$/;
const FENCE = /^[\s>]{0,20}(`{3,}|~{3,})\s*([\w+#.-]{0,40})/;

/**
 * The lines of a body that something can be read from: those of the sections that are known, and those with a box to tick; `all` takes
 * whatever people wrote there.
 */
export function bodyLines(lines: readonly SourceLine[], which: "known" | "all" = "known"): BodyLine[] {
  const state: State = { headings: [], section: undefined, code: undefined, inComment: false, which };
  const read: BodyLine[] = [];
  for (const line of lines) {
    const found = readLine(line, state);
    if (found !== undefined) read.push(found);
  }
  return read;
}

function readLine(line: SourceLine, state: State): BodyLine | undefined {
  if (state.code !== undefined) return codeLine(line, state, state.code);
  const mark = markOf(line.text);
  if (isComment(line.text, mark, state) || mark === "") return undefined;
  const [, fence, language = ""] = mark === "`" || mark === "~" ? (FENCE.exec(line.text) ?? []) : [];
  if (fence !== undefined) {
    state.code = { fence, language: language.toLowerCase(), block: line.number };
    return undefined;
  }
  const heading = headingOf(line.text, mark);
  if (heading === undefined) return bodyLine(line, state);
  state.headings = [...state.headings.filter(({ level }) => level < heading.level), heading];
  state.section = state.headings.findLast(({ section }) => section !== undefined)?.section;
  return undefined;
}

const QUOTATION = ">".charCodeAt(0);

/** The first character that is no white space and no sign of a quotation: it says what a line can be. */
function markOf(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 32 && code !== QUOTATION) return text.charAt(index);
  }
  return "";
}

function codeLine(line: SourceLine, state: State, { fence }: NonNullable<State["code"]>): BodyLine | undefined {
  const [, closing = ""] = /^[\s>]{0,20}(`{3,}|~{3,})\s*$/.exec(line.text) ?? [];
  if (closing.startsWith(fence)) {
    state.code = undefined;
    return undefined;
  }
  return bodyLine(line, state);
}

function bodyLine(line: SourceLine, { headings, section, code, which }: State): BodyLine | undefined {
  if (which === "known" && section === undefined && !line.text.includes("[")) return undefined;
  return { line, heading: headings.at(-1), section, code };
}

/** Comments of HTML hold what templates explain. Only those that take whole lines count. */
function isComment(text: string, mark: string, state: State): boolean {
  const begins = state.inComment || (mark === "<" && text.trimStart().startsWith("<!--"));
  if (begins) state.inComment = !text.includes("-->");
  return begins;
}

function headingOf(text: string, mark: string): Heading | undefined {
  if (mark !== "#" && mark !== "*" && mark !== "_") return undefined;
  const [, marks, title = ""] = HEADING.exec(text) ?? [];
  if (marks !== undefined) return headingWith(withoutMarks(title), marks.length);
  const bold = BOLD.exec(text)?.[1];
  return bold === undefined ? undefined : headingWith(withoutMarks(bold), 7);
}

function headingWith(text: string, level: number): Heading {
  return { text, level, section: sectionOfHeading(text) };
}

function withoutMarks(title: string): string {
  return title
    .replace(/[*_`]/g, "")
    .replace(/#{1,6}\s{0,9}$/, "")
    .trim();
}
