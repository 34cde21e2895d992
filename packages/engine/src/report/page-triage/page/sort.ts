import { element } from "../../graph/page/dom.ts";

type Direction = "ascending" | "descending";

/** Makes the columns of tables sort: first the greatest first, names from the start; a third time as it was. */
export function makeSortable(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table.sortable")) {
    const body = table.tBodies[0];
    const heads = [...table.querySelectorAll("thead th")];
    if (body === undefined) continue;
    const rows = [...body.rows];
    heads.forEach((head, column) => {
      const text = head.textContent;
      const onclick = (): void => {
        const next = following(head, isNumeric(rows, column));
        for (const each of heads) each.removeAttribute("aria-sort");
        if (next !== undefined) head.setAttribute("aria-sort", next);
        body.replaceChildren(...(next === undefined ? rows : sorted(rows, column, next)));
      };
      head.replaceChildren(element("button", { type: "button", text, onclick }));
    });
  }
}

function following(head: Element, numeric: boolean): Direction | undefined {
  const order: readonly (Direction | null)[] = numeric
    ? [null, "descending", "ascending"]
    : [null, "ascending", "descending"];
  const now = order.findIndex((each) => each === head.getAttribute("aria-sort"));
  return order[(now + 1) % order.length] ?? undefined;
}

function isNumeric(rows: readonly HTMLTableRowElement[], column: number): boolean {
  return rows[0]?.cells[column]?.dataset["sort"] !== undefined;
}

function sorted(
  rows: readonly HTMLTableRowElement[],
  column: number,
  direction: Direction,
): readonly HTMLTableRowElement[] {
  const keys = new Map(rows.map((row) => [row, keyOf(row.cells[column])]));
  const turn = direction === "ascending" ? 1 : -1;
  return rows.toSorted((a, b) => turn * compare(keys.get(a) ?? "", keys.get(b) ?? ""));
}

function keyOf(cell: HTMLTableCellElement | undefined): string | number {
  const number = cell?.dataset["sort"];
  return number === undefined ? (cell?.textContent ?? "") : Number(number);
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
