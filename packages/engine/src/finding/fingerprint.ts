import type { Finding } from "../core/evidence.ts";
import type { SourceText } from "../plugin/project.ts";
import type { SourceTexts } from "../workspace/source-texts.ts";
import { digestOf } from "../fingerprint/files/hash-file.ts";

/** Stands for a finding wherever in its file it moves to: 32 hexadecimal digits. */
export type FindingFingerprint = string;

const LENGTH = 32;

/**
 * The fingerprints of what one task found, in the order of the findings: made of the tool, the rule, the file and the text of
 * the line, so that lines which come before or go change nothing. Of equal ones each has its own, by its place among them.
 */
export function fingerprintsOf(
  findings: readonly Finding[],
  texts: Pick<SourceTexts, "source">,
): readonly FindingFingerprint[] {
  const seen = new Map<string, number>();
  const ordered = [...findings.entries()].sort(([, a], [, b]) => lineOf(a) - lineOf(b) || columnOf(a) - columnOf(b));
  const fingerprints = new Array<FindingFingerprint>(findings.length);
  for (const [at, finding] of ordered) {
    const own = JSON.stringify([finding.tool, finding.rule, finding.file, subjectOf(finding, texts)]);
    const nth = seen.get(own) ?? 0;
    seen.set(own, nth + 1);
    fingerprints[at] = digestOf(`${own}${String(nth)}`).slice(0, LENGTH);
  }
  return fingerprints;
}

/** The line without its spaces, which formatters change; where there is none, the message. */
function subjectOf({ file, range, message }: Finding, texts: Pick<SourceTexts, "source">): string {
  const line = range && lineAt(texts.source(file), range.start.line);
  return line === undefined ? message : line.replace(/\s+/g, "");
}

/** The text of a line, from 1; undefined where there is no such line. */
export function lineAt(source: SourceText | undefined, line: number): string | undefined {
  return source && linesOf(source)[line - 1]?.replace(/\r$/, "");
}

/** A file may have many findings. */
const lines = new WeakMap<SourceText, readonly string[]>();

function linesOf(source: SourceText): readonly string[] {
  const known = lines.get(source) ?? source.text.split("\n");
  lines.set(source, known);
  return known;
}

function lineOf({ range }: Finding): number {
  return range?.start.line ?? 0;
}

function columnOf({ range }: Finding): number {
  return range?.start.column ?? 0;
}
