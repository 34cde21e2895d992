import { FLAGS, type FindingRow, LEVELS, type PageData } from "./page-data.ts";

/** Which findings are shown, and how they are grouped; an empty text shows all. */
export interface Filter {
  readonly text: string;
  readonly tool: string;
  readonly level: string;
  readonly gate: string;
  readonly project: string;
  readonly state: string;
  readonly file: string;
  readonly by: string;
}

/** All findings, by file. */
export const ALL: Filter = { text: "", tool: "", level: "", gate: "", project: "", state: "", file: "", by: "" };

const NAMES = ["text", "tool", "level", "gate", "project", "state", "file", "by"] as const;

/** What a link says: `tool=ruff&level=error`; undefined where it names a place of the page and no filter. */
export function readFilter(hash: string): Filter | undefined {
  if (hash !== "" && !hash.includes("=")) return undefined;
  const said = new URLSearchParams(hash);
  const of = (name: keyof Filter): string => said.get(name) ?? "";
  return {
    ...{ text: of("text"), tool: of("tool"), level: of("level"), gate: of("gate") },
    ...{ project: of("project"), state: of("state"), file: of("file"), by: of("by") },
  };
}

/** The same as a link has it; empty where everything is shown. */
export function filterText(filter: Filter): string {
  const said = NAMES.flatMap((name) => (filter[name] === "" ? [] : [[name, filter[name]]]));
  return new URLSearchParams(said).toString();
}

/** Whether a filter leaves something out. */
export function isNarrow(filter: Filter): boolean {
  return NAMES.some((name) => name !== "by" && filter[name] !== "");
}

/** Whether the finding at a place is shown; `wordsOf` gives its text in lower case. */
export function matcher(
  data: PageData,
  filter: Filter,
  wordsOf: (index: number) => string,
): (index: number) => boolean {
  const wanted = wantedBy(data, filter);
  const words = filter.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const files = filesBy(data, filter.file);
  return (index) => {
    const row = data.findings[index];
    if (row === undefined || !isWanted(row, wanted) || files?.[row[3]] === false) return false;
    if (words.length === 0) return true;
    const said = wordsOf(index);
    return words.every((word) => said.includes(word));
  };
}

/** Places; -1 for a name that is not there, null for all. */
interface Wanted {
  readonly tool: number | null;
  readonly level: number | null;
  readonly project: number | null;
  readonly gate: number | null;
  readonly state: string;
}

function wantedBy({ tools, projects, gates }: PageData, { tool, level, project, gate, state }: Filter): Wanted {
  const placeIn = (names: readonly string[], name: string): number | null => (name === "" ? null : names.indexOf(name));
  return {
    tool: placeIn(tools, tool),
    level: placeIn(LEVELS, level),
    project: placeIn(projects, project),
    gate: placeIn(
      gates.map(({ id }) => id),
      gate,
    ),
    state,
  };
}

function isWanted([tool, level, project, , flags, gates]: FindingRow, wanted: Wanted): boolean {
  if (wanted.tool !== null && wanted.tool !== tool) return false;
  if (wanted.level !== null && wanted.level !== level) return false;
  if (wanted.project !== null && wanted.project !== project) return false;
  if (wanted.gate !== null && !gates.includes(wanted.gate)) return false;
  if (wanted.state === "new") return (flags & FLAGS.known) === 0;
  if (wanted.state === "known") return (flags & FLAGS.known) !== 0;
  return wanted.state !== "fixable" || (flags & FLAGS.fixable) !== 0;
}

/** Of each file whether its path holds a text. */
function filesBy({ files }: PageData, text: string): readonly boolean[] | undefined {
  const part = text.trim().toLowerCase();
  return part === "" ? undefined : files.map((file) => file.toLowerCase().includes(part));
}
