import { byId, element } from "../../graph/page/dom.ts";
import type { PageData } from "./page-data.ts";
import type { Rows } from "./rows.ts";

/** A heading with the findings under it. */
interface Group {
  readonly element: HTMLDetailsElement;
  readonly count: HTMLElement;
  readonly list: HTMLElement;
  /** Places of findings. */
  readonly rows: readonly number[];
}

/** The findings of the page, by file as they came or by rule. */
export interface Groups {
  groupBy: (what: "file" | "rule") => void;
  /** Shows the findings that are marked, with the headings over them; `unfold` opens these. */
  show: (shown: readonly boolean[], unfold: boolean) => void;
  /** Opens the heading over a finding. */
  openOver: (row: number) => void;
}

/** Takes the groups of the page as they are; those by rule are made when they are asked for. What is folded is left alone. */
export function createGroups(data: PageData, rows: Rows): Groups {
  const root = byId("groups", HTMLElement);
  const byFile = groupsByFile(root);
  let byRule: readonly Group[] | undefined;
  let current = byFile;
  let shown: readonly boolean[] = rows.elements.map(() => true);
  const settle = (group: Group): void => {
    if (group.element.open) settleRows(group, rows, shown);
  };
  const keepSettled = (groups: readonly Group[]): void => {
    for (const group of groups)
      group.element.addEventListener("toggle", () => {
        settle(group);
      });
  };
  keepSettled(byFile);
  return {
    groupBy: (what) => {
      if (what === "rule" && byRule === undefined) keepSettled((byRule = groupsByRule(rows, data)));
      const next = what === "rule" ? (byRule ?? []) : byFile;
      if (next === current) return;
      current = next;
      root.dataset["by"] = what;
      root.replaceChildren(...current.map((group) => group.element));
    },
    show: (next, unfold) => {
      shown = next;
      for (const group of current) {
        const left = group.rows.filter((row) => shown[row]).length;
        tell(group, left);
        if (unfold && left > 0) group.element.open = true;
        settle(group);
      }
    },
    openOver: (row) => {
      const group = current.find((each) => each.rows.includes(row));
      if (group === undefined) return;
      group.element.open = true;
      settle(group);
    },
  };
}

/** Puts the findings of a group where they are seen, and hides those that the filter leaves out. */
function settleRows({ list, rows: own }: Group, rows: Rows, shown: readonly boolean[]): void {
  const mine = own.flatMap((row) => rows.elements[row] ?? []);
  if (mine.some((row) => row.parentNode !== list)) list.replaceChildren(...mine);
  for (const place of own) {
    const row = rows.elements[place];
    const hidden = shown[place] !== true;
    if (!hidden) rows.wake(place);
    if (row !== undefined && row.hidden !== hidden) row.hidden = hidden;
  }
}

function tell({ element: group, count, rows }: Group, left: number): void {
  if (group.hidden !== (left === 0)) group.hidden = left === 0;
  const text = left === rows.length ? String(left) : `${String(left)} of ${String(rows.length)}`;
  if (count.textContent !== text) count.textContent = text;
}

function groupsByFile(root: HTMLElement): readonly Group[] {
  let next = 0;
  return [...root.querySelectorAll<HTMLDetailsElement>(":scope > details")].map((group) => {
    const list = group.querySelector("ol") ?? group;
    const rows = Array.from(list.children, () => next++);
    return { element: group, count: group.querySelector<HTMLElement>(".count") ?? group, list, rows };
  });
}

/** With fewer findings, all groups by rule are open. */
const FEW = 150;

/** Those with most findings first. */
function groupsByRule(rows: Rows, data: PageData): readonly Group[] {
  const found = Map.groupBy(rows.elements.keys(), (place) => {
    const tool = data.tools[data.findings[place]?.[0] ?? -1] ?? "";
    return `${tool} ${rows.ruleOf(place)}`;
  });
  return [...found]
    .sort(([a, of], [b, others]) => others.length - of.length || (a < b ? -1 : 1))
    .map(([name, of]) => ruleGroup(name, of, rows.elements.length <= FEW));
}

function ruleGroup(name: string, rows: readonly number[], open: boolean): Group {
  const made = document.createElement("details");
  made.className = "group";
  made.open = open;
  const count = element("span", { class: "count" });
  const list = element("ol");
  made.append(element("summary", {}, [element("h3", { text: name }), count]), list);
  return { element: made, count, list, rows };
}
