import { count } from "../text/plain-text.ts";
import type { IssueRow } from "./issue-rows.ts";

const TITLE = 60;
const MILESTONE = 30;

/** The list of issues as a table for people. A blocker in brackets is not asked for. */
export function issueListText(rows: readonly IssueRow[]): string {
  if (rows.length === 0) return "no issue";
  const head = ["id", "level", "state", "milestone", "blocked by", "title"];
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...lines, "", count(rows.length, "issue")].join("\n");
}

function cellsOf({ id, level, state, milestone, blockedBy, title, held }: IssueRow): string[] {
  const blockers = blockedBy.map((blocker) => (blocker.selected ? blocker.id : `(${blocker.id})`)).join(" ");
  return [
    id,
    level === null ? "-" : String(level),
    state ?? "-",
    cut(milestone ?? "-", MILESTONE),
    blockers === "" ? "-" : blockers,
    held === null || held === "paused" ? cut(title, TITLE) : `${cut(title, TITLE)}  (${held})`,
  ];
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…`.toWellFormed() : text;
}
