import type { GateDecided, GateOfProject } from "../core/event.ts";
import type { Verdict } from "../core/status.ts";
import { tableLines } from "./entry.ts";
import { oneLine } from "./sanitise.ts";
import type { Style } from "./style.ts";

const HEAD = ["gate", "measured", "wanted", "verdict"];
const LEAST = [16, 8, 6, 0];
const MOST_PROJECTS = 10;

/** The gates: what was measured, what was wanted, the verdict; below one that does not pass, the projects where it does not. */
export function gateLines(gates: readonly GateDecided[], style: Style): string[] {
  if (gates.length === 0) return [];
  const rows = gates.flatMap((gate) => [gateRow(gate), ...projectRows(gate)]);
  const [head = "", ...lines] = tableLines([HEAD, ...rows.map((row) => row.cells)], LEAST);
  return [style.dim(head), ...lines.map((line, index) => coloured(line, rows[index], style))];
}

interface Row {
  readonly cells: readonly string[];
  readonly verdict: Verdict | undefined;
}

function gateRow({ gate, measured, wanted, verdict, required, note }: GateDecided): Row {
  return { cells: [gate, measured, wanted, verdictText(verdict, required, note)].map(oneLine), verdict };
}

/** Only where there are several: with one, the gate's own line says it all. */
function projectRows({ projects, verdict }: GateDecided): Row[] {
  if (projects.length < 2 || verdict === "pass") return [];
  const others = projects.filter((project) => project.verdict !== "pass");
  const rest = others.length - MOST_PROJECTS;
  const more = rest > 0 ? [{ cells: [`  and ${String(rest)} more`], verdict: undefined }] : [];
  return [...others.slice(0, MOST_PROJECTS).map(projectRow), ...more];
}

function projectRow({ project, measured, verdict, required, note }: GateOfProject): Row {
  return {
    cells: [`  ${oneLine(project)}`, oneLine(measured), "", oneLine(verdictText(verdict, required, note))],
    verdict,
  };
}

function verdictText(verdict: Verdict, required: boolean, note: string | undefined): string {
  const more = [required ? "" : "advisory", note ?? ""].filter((part) => part !== "").join(": ");
  return more === "" ? verdict : `${verdict} (${more})`;
}

/** The verdict is the last cell: it takes the colour, without its length having counted. */
function coloured(line: string, row: Row | undefined, style: Style): string {
  const cell = row?.cells[3] ?? "";
  if (row?.verdict === undefined || cell === "" || !line.endsWith(cell)) return line;
  return line.slice(0, line.length - cell.length) + verdictColour(row.verdict, style)(cell);
}

function verdictColour(verdict: Verdict, style: Style): (text: string) => string {
  switch (verdict) {
    case "pass":
      return style.green;
    case "fail":
      return style.red;
    case "hold":
      return style.yellow;
  }
}
