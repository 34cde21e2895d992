import { byId } from "../../graph/page/dom.ts";
import { type Bar, createBar } from "./bar.ts";
import { ALL, type Filter, filterText, isNarrow, matcher, readFilter } from "./filter.ts";
import { createGroups, type Groups } from "./groups.ts";
import type { PageData } from "./page-data.ts";
import { createRows, type Rows } from "./rows.ts";
import { createTables } from "./tables.ts";

/** So many findings are shown by themselves when a filter leaves them, whatever was folded. */
const FEW = 200;

/** Filters the findings by the fields and by the page's address, which keeps what the fields say. */
export function createFindings(data: PageData): Bar | undefined {
  const form = document.getElementById("filters");
  if (form === null) return undefined;
  const rows = createRows(data);
  const groups = createGroups(data, rows);
  const showRows = createTables();
  const apply = (filter: Filter): void => {
    groups.groupBy(filter.by === "rule" ? "rule" : "file");
    const shown = Array.from(rows.elements.keys(), matcher(data, filter, rows.wordsOf));
    const amount = shown.filter(Boolean).length;
    groups.show(shown, isNarrow(filter) && amount <= FEW);
    byId("shown", HTMLElement).textContent = amountText(amount, shown.length);
    showRows(filter);
    bar.show(filter);
  };
  const bar = createBar(form, data, (filter) => {
    apply(filter);
    history.replaceState(null, "", `#${filterText(filter)}`);
  });
  apply(ALL);
  followLinks((id) => {
    reveal(id, rows, groups);
  }, apply);
  return bar;
}

/** The address shows what it says: a filter, or one finding. */
function followLinks(show: (id: string) => void, apply: (filter: Filter) => void): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-gate]"))
    link.href = `#${filterText({ ...ALL, gate: link.dataset["gate"] ?? "" })}`;
  const follow = (): void => {
    const hash = location.hash.slice(1);
    const filter = readFilter(hash);
    if (filter === undefined) {
      apply(ALL);
      show(hash);
      return;
    }
    apply(filter);
    if (!isNarrow(filter)) return;
    byId("findings", HTMLElement).scrollIntoView();
    byId("findings-title", HTMLElement).focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  if (location.hash !== "") follow();
}

function amountText(amount: number, all: number): string {
  if (amount === all) return `${String(all)} ${all === 1 ? "finding" : "findings"}`;
  return amount === 0 ? "no finding is left: clear the filter" : `${String(amount)} of ${String(all)} findings`;
}

/** Shows the finding that an address names, whatever hides it. */
function reveal(id: string, { elements }: Rows, groups: Groups): void {
  const place = elements.findIndex((row) => row.id === id);
  groups.openOver(place);
  const own = elements[place]?.querySelector("details");
  if (!own) return;
  own.open = true;
  own.scrollIntoView({ block: "center" });
  own.querySelector("summary")?.focus({ preventScroll: true });
}
