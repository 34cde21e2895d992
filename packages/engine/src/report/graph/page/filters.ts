import { byId, element } from "./dom.ts";
import type { GraphModel } from "./graph-model.ts";
import type { Store } from "./state.ts";

/** The three lists that say which nodes are shown. */
export function createFilters({ data }: GraphModel, store: Store): void {
  const project = byId("filter-project", HTMLSelectElement);
  const atom = byId("filter-atom", HTMLSelectElement);
  const level = byId("filter-level", HTMLSelectElement);
  const levels = [...new Set(data.nodes.map((node) => node.level))].sort((a, b) => a - b);
  const projects = [...new Set(data.nodes.map((node) => node.project))].sort();
  fill(project, "all projects", new Map(projects.map((name, index) => [String(index), name])));
  fill(atom, "all atoms", new Map(data.atoms.map(({ title }, index) => [String(index), title])));
  fill(level, "all levels", new Map(levels.map((each) => [String(each), `level ${String(each)}`])));
  const isOfTasks = data.of === "tasks";
  project.hidden = !isOfTasks;
  atom.hidden = !isOfTasks;
  const read = (): void => {
    const filter = {
      project: project.value === "" ? null : (projects[Number(project.value)] ?? null),
      atom: numberOf(atom),
      level: numberOf(level),
    };
    store.change({ filter, selected: null, marked: null });
  };
  for (const list of [project, atom, level]) list.addEventListener("change", read);
  store.listen(({ filter }) => {
    project.value = filter.project === null ? "" : String(projects.indexOf(filter.project));
    atom.value = textOf(filter.atom);
    level.value = textOf(filter.level);
  });
}

function fill(list: HTMLSelectElement, all: string, options: ReadonlyMap<string, string>): void {
  const made = [...options].map(([value, text]) => element("option", { value, text }));
  list.replaceChildren(element("option", { value: "", text: all }), ...made);
}

function numberOf({ value }: HTMLSelectElement): number | null {
  return value === "" ? null : Number(value);
}

function textOf(value: number | null): string {
  return value === null ? "" : String(value);
}
