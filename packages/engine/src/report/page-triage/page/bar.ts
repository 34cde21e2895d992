import { element } from "../../graph/page/dom.ts";
import { ALL, type Filter } from "./filter.ts";
import { FLAGS, LEVELS, type PageData } from "./page-data.ts";

/** The fields over the findings. */
export interface Bar {
  readonly search: HTMLInputElement;
  /** Puts a filter into the fields. */
  show(filter: Filter): void;
}

/** More files are not offered while one is typed. */
const MOST_FILES = 500;

/** Makes the fields that this page has a use for: one tool needs no list of tools. */
export function createBar(form: HTMLElement, data: PageData, changed: (filter: Filter) => void): Bar {
  const search = field("text", "search findings", "search findings   /");
  search.type = "search";
  const fields = [search, ...listsOf(data), fileField(data)].flatMap((each) => each ?? []);
  const read = (): void => {
    const said = fields.map((each) => [each.name, each.value] as const);
    changed({ ...ALL, ...Object.fromEntries(said) });
  };
  form.append(...fields, ...fields.flatMap((each) => (each instanceof HTMLInputElement ? (each.list ?? []) : [])));
  form.append(element("datalist", { id: "files" }, fileOptions(data)));
  form.append(
    element("button", {
      type: "button",
      id: "clear",
      text: "clear",
      onclick: () => {
        changed(ALL);
      },
    }),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
  });
  form.addEventListener("input", read);
  form.hidden = false;
  const show = (filter: Filter): void => {
    for (const each of fields) {
      const value = new Map<string, string>(Object.entries(filter)).get(each.name) ?? "";
      if (each.value !== value) each.value = value;
    }
  };
  return { search, show };
}

type Field = HTMLInputElement | HTMLSelectElement;

function listsOf({ tools, projects, gates, findings }: PageData): (Field | undefined)[] {
  const levels = LEVELS.filter((_, place) => findings.some((row) => row[1] === place));
  const has = (flag: number): boolean => findings.some((row) => (row[4] & flag) !== 0);
  const states = [...(has(FLAGS.known) ? ["new", "known"] : []), ...(has(FLAGS.fixable) ? ["fixable"] : [])];
  return [
    list("tool", "all tools", tools, 2),
    list("level", "all severities", levels, 2),
    list("gate", "all gates", gates, 1),
    list("project", "all projects", projects, 2),
    list("state", "all states", states, 1),
    list("by", "by file", [{ id: "rule", name: "by rule" }], 1),
  ];
}

function list(
  name: keyof Filter,
  all: string,
  options: readonly (string | { readonly id: string; readonly name: string })[],
  least: number,
): HTMLSelectElement | undefined {
  if (options.length < least) return undefined;
  const made = document.createElement("select");
  made.name = name;
  made.setAttribute("aria-label", name === "by" ? "grouped" : name === "level" ? "severity" : name);
  const each = options.map((option) => (typeof option === "string" ? { id: option, name: option } : option));
  made.append(...[{ id: "", name: all }, ...each].map(({ id, name: text }) => element("option", { value: id, text })));
  return made;
}

function fileField({ files }: PageData): HTMLInputElement | undefined {
  if (files.length < 2) return undefined;
  const made = field("file", "file", "file");
  made.setAttribute("list", "files");
  return made;
}

function fileOptions({ files }: PageData): HTMLElement[] {
  return files.slice(0, MOST_FILES).map((value) => element("option", { value }));
}

function field(name: keyof Filter, label: string, placeholder: string): HTMLInputElement {
  const made = document.createElement("input");
  made.name = name;
  made.placeholder = placeholder;
  made.autocomplete = "off";
  made.spellcheck = false;
  made.setAttribute("aria-label", label);
  return made;
}
