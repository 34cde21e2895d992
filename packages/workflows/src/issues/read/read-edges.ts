import type { RepoPath } from "@symbiotic-build/engine";
import { scalarOf } from "../front-matter/scalar.ts";
import type { EdgeField } from "../front-matter/field.ts";
import type { EdgeReference } from "../issue.ts";
import type { Teller } from "../teller.ts";
import type { Fields } from "./fields.ts";
import { referencesOf } from "./references.ts";

const EDGE_FIELDS: readonly EdgeField[] = ["blocked_by", "depends_on", "blocking", "blocked"];
const FLAG = /^(?:true|yes|false|no)$/i;

/** What the front matter says of what comes before and after this issue. */
export function readEdges(
  fields: Fields,
  reader: { readonly path: RepoPath; readonly teller: Teller },
): EdgeReference[] {
  const names = isFlag(fields) ? EDGE_FIELDS.filter((field) => field !== "blocked") : EDGE_FIELDS;
  const edges = names.flatMap((field) =>
    referencesOf(fields, field, reader).map(({ value, at }) => ({ value, at, field })),
  );
  tellFlag(fields, reader.teller, edges);
  return edges.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
}

/** Whether `blocked` says yes or no instead of naming what this issue blocks. */
export function isFlag(fields: Fields): boolean {
  return flagOf(fields) !== undefined;
}

function flagOf(fields: Fields): string | undefined {
  const [entry] = fields.get("blocked") ?? [];
  const isList = entry === undefined || entry.inline.text.trimStart().startsWith("[");
  const value = isList ? "" : scalarOf(entry, "plain").value;
  return FLAG.test(value) ? value.toLowerCase() : undefined;
}

function tellFlag(fields: Fields, { tell }: Teller, edges: readonly EdgeReference[]): void {
  const [entry] = fields.get("blocked") ?? [];
  const flag = flagOf(fields);
  if (entry === undefined || (flag !== "true" && flag !== "yes")) return;
  if (edges.some(({ field }) => field === "blocked_by" || field === "depends_on")) return;
  tell("blockedByNothing", entry.at, "this issue says that it is blocked, and not by what", "name it in `blocked_by`");
}
