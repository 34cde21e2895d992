import type { Diagnostic, Location } from "../core/diagnostic.ts";
import { excerptLines } from "./excerpt.ts";
import { DEFAULT_WIDTH, type Look } from "./look.ts";
import { manyLines, oneLine } from "./sanitise.ts";
import { createStyle } from "./style.ts";
import { displayWidth } from "./width.ts";

/** How a diagnostic is printed. */
export interface DiagnosticFormat {
  readonly colour: boolean;
  readonly width?: number;
}

/** What, where, and what to do, as a block of lines for stderr; no newline at the end, no stack trace. */
export function formatDiagnostic(diagnostic: Diagnostic, { colour, width }: DiagnosticFormat): string {
  return diagnosticLines(diagnostic, { style: createStyle(colour), width: width ?? DEFAULT_WIDTH }).join("\n");
}

/** The same as lines. */
export function diagnosticLines(diagnostic: Diagnostic, look: Look): string[] {
  const { location } = diagnostic;
  const [message = "", ...more] = manyLines(diagnostic.message);
  const hints = diagnostic.hint === undefined ? [] : manyLines(diagnostic.hint);
  const source = sourceLines(diagnostic, hints, look);
  return [
    `${severity(diagnostic, look)} ${look.style.bold(oneLine(diagnostic.code))}  ${message}`,
    ...indented(more),
    ...(location === undefined ? [] : [`  ${look.style.dim("-->")} ${formatLocation(location)}`]),
    ...source.lines,
    ...indented((diagnostic.notes ?? []).flatMap(manyLines)),
    ...(source.saidHint ? [] : indented(hints)),
  ];
}

/** `file:line:column`, as far as they are known. */
export function formatLocation({ file, line, column }: Location): string {
  const place = [line, line === undefined ? undefined : column].filter((number) => number !== undefined);
  return [oneLine(file), ...place.map(String)].join(":");
}

function severity({ severity: level }: Diagnostic, { style }: Look): string {
  switch (level) {
    case "error":
      return style.red(level);
    case "warning":
      return style.yellow(level);
    case "info":
      return style.cyan(level);
  }
}

/** The hint stands beside the marker where it fits there, else below. */
function sourceLines(
  diagnostic: Diagnostic,
  hints: readonly string[],
  look: Look,
): { lines: string[]; saidHint: boolean } {
  const { location, excerpt: text } = diagnostic;
  if (text === undefined || location?.line === undefined) return { lines: [], saidHint: false };
  const excerpt = { ...location, text, line: location.line };
  const [hint = "", ...others] = hints;
  const used = (location.column ?? 1) + (location.length ?? 1) + 10 + displayWidth(hint);
  const beside = location.column !== undefined && hint !== "" && others.length === 0 && used <= look.width;
  return { lines: excerptLines(excerpt, beside ? { ...look, hint } : look), saidHint: beside };
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
