import { byId, element } from "../../graph/page/dom.ts";
import type { PageData } from "./page-data.ts";

/** The findings of the page, one element each, in its order. */
export interface Rows {
  readonly elements: readonly HTMLElement[];
  /** What is said of a finding in its line, and its file, in lower case. */
  readonly wordsOf: (place: number) => string;
  readonly ruleOf: (place: number) => string;
  /** Makes one that is only a line one that unfolds; done to those that are looked at, so that the page opens fast. */
  readonly wake: (place: number) => void;
}

/** Takes the findings as they are in the page. */
export function createRows(data: PageData): Rows {
  const elements = [...document.querySelectorAll<HTMLElement>("#groups ol > li")];
  const awake = new Set<number>();
  const words: string[] = [];
  const fileOf = (place: number): string => data.files[data.findings[place]?.[3] ?? -1] ?? "";
  let later: readonly string[] | undefined;
  const laterOf = (place: number): string => {
    // The page's own markup, written by findings-section.ts.
    later ??= JSON.parse(byId("page-later", HTMLScriptElement).text) as readonly string[];
    return later[place - (elements.length - later.length)] ?? "";
  };
  const rows: Rows = {
    elements,
    wordsOf: (place) =>
      (words[place] ??= `${fileOf(place)} ${lineOf(elements[place])?.textContent ?? ""}`.toLowerCase()),
    ruleOf: (place) => lineOf(elements[place])?.querySelector(":scope > b")?.textContent ?? "",
    wake: (place) => {
      const row = elements[place];
      if (row === undefined || awake.has(place)) return;
      awake.add(place);
      rows.wordsOf(place);
      unfoldable(row, () => laterOf(place));
      lineOf(row)?.prepend(element("small", { text: fileOf(place) }));
    },
  };
  listWords(rows);
  return rows;
}

function lineOf(row: HTMLElement | undefined): HTMLElement | undefined {
  return row?.querySelector("summary") ?? row;
}

/** Its inside is put there when it unfolds for the first time, with a link to it. */
function unfoldable(row: HTMLElement, inside: () => string): void {
  const isWhole = row.querySelector("details") !== null;
  if (!isWhole) row.replaceChildren(element("details", {}, [element("summary", {}, [...row.childNodes])]));
  const own = row.querySelector("details");
  const fill = (): void => {
    if (!isWhole) own?.insertAdjacentHTML("beforeend", inside());
    const link = element("a", { href: `#${row.id}`, text: "link to this finding" });
    own?.querySelector("dl")?.append(element("div", {}, [element("dd", {}, [link])]));
  };
  if (own?.open === true) fill();
  else own?.addEventListener("toggle", fill, { once: true });
}

/** While nobody waits, so that the first letter of a search does not. */
function listWords({ elements, wordsOf }: Pick<Rows, "elements" | "wordsOf">, from = 0): void {
  if (from >= elements.length || !("requestIdleCallback" in globalThis)) return;
  requestIdleCallback((deadline) => {
    let next = from;
    while (next < elements.length && (next === from || deadline.timeRemaining() > 1)) wordsOf(next++);
    listWords({ elements, wordsOf }, next);
  });
}
