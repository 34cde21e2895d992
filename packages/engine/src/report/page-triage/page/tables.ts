import { element } from "../../graph/page/dom.ts";
import type { Filter } from "./filter.ts";

/** What a row of a table is about, by the filters that ask for it: `{"project":["api"],"tool":["ruff"]}`. */
type About = Readonly<Record<string, readonly string[]>>;

interface Table {
  /** The filters that mean something to it. */
  readonly by: readonly (keyof Filter)[];
  readonly rows: readonly { readonly element: HTMLTableRowElement; readonly about: About }[];
  readonly said: HTMLElement;
}

/** Finds the tables that filters act on, and gives what shows the rows of each that a filter is about. */
export function createTables(): (filter: Filter) => void {
  const tables = [...document.querySelectorAll<HTMLTableElement>("table[data-by]")].map(tableOf);
  return (filter) => {
    for (const table of tables) show(table, filter);
  };
}

function tableOf(table: HTMLTableElement): Table {
  const said = element("span", { className: "left" });
  table.closest("details")?.querySelector("summary")?.append(said);
  const rows = [...(table.tBodies[0]?.rows ?? [])].map((row) => {
    // The page's own data, written by rowAbout in about.ts.
    return { element: row, about: JSON.parse(row.dataset["about"] ?? "{}") as About };
  });
  return { by: (table.dataset["by"] ?? "").split(" ") as (keyof Filter)[], rows, said };
}

function show({ by, rows, said }: Table, filter: Filter): void {
  const asked = by.filter((name) => filter[name].trim() !== "");
  let left = 0;
  for (const { element: row, about } of rows) {
    const isShown = asked.every((name) => isAbout(about[name] ?? [], name, filter[name]));
    if (isShown) left += 1;
    if (row.hidden === isShown) row.hidden = !isShown;
  }
  said.textContent = left === rows.length ? "" : ` · ${String(left)} of ${String(rows.length)} by the filter`;
}

function isAbout(names: readonly string[], name: keyof Filter, wanted: string): boolean {
  if (name !== "file") return names.includes(wanted);
  const part = wanted.trim().toLowerCase();
  return names.some((file) => file.toLowerCase().includes(part));
}
