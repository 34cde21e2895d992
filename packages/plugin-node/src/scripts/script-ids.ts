import { byCodeUnit } from "@symbiotic-build/engine";

/** The atom id of each script name. Names that look alike in snake_case are numbered in order: `build-all` before `build:all`. */
export function scriptIds(names: Iterable<string>): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const ids = new Map<string, string>();
  for (const name of [...names].sort(byCodeUnit)) {
    const plain = snake(name);
    let id = `run_${plain}_script`;
    for (let count = 2; taken.has(id); count += 1) id = `run_${plain}_${String(count)}_script`;
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}

function snake(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
  return words.replace(/[^a-z\d]+/g, "_").replace(/^_+|_+$/g, "") || "unnamed";
}
