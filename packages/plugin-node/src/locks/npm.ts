import type { JsonValue, LockedPackage } from "@symbiotic-build/engine";
import { linkedId, type LockGraph } from "./lock-graph.ts";
import { fieldsOf, isFields, parseJson, type Fields } from "./json-lock.ts";

const RUNS_WITH = ["dependencies", "optionalDependencies", "peerDependencies"];
const NOWHERE: Fields = {};

/** What a `package-lock.json` or `npm-shrinkwrap.json` of version 2 or 3 resolves; `undefined` for any other text. */
export function npmGraph(text: string): LockGraph | undefined {
  const lock = parseJson(text);
  if (lock === undefined || (lock["lockfileVersion"] !== 2 && lock["lockfileVersion"] !== 3)) return undefined;
  if (!isFields(lock["packages"])) return undefined;
  const places = new Map(Object.entries(lock["packages"]).map(([path, entry]) => [path, fieldsOf(entry)]));
  const packages = new Map<string, LockedPackage>();
  const importers = new Map<string, LockedPackage["needs"]>();
  for (const [path, entry] of places) {
    if (/(?:^|\/)node_modules\//.test(path)) packages.set(path, packageOf(path, entry, places));
    else {
      const folder = path === "" ? "." : path;
      importers.set(folder, needsOf(path, entry, { places, kinds: [...RUNS_WITH, "devDependencies"] }));
      const label = `${linkedId(folder)} ${stringOf(entry["version"])}`;
      packages.set(linkedId(folder), { label, needs: needsOf(path, entry, { places, kinds: RUNS_WITH }) });
    }
  }
  return { packages, importers };
}

function packageOf(path: string, entry: Fields, places: ReadonlyMap<string, Fields>): LockedPackage {
  const resolved = stringOf(entry["resolved"]);
  if (entry["link"] === true)
    return { label: `link ${resolved}`, needs: [["", linkedId(resolved === "" ? "." : resolved)]] };
  // Where it lies is left out: being moved up or down changes nothing of what it is and needs.
  const name = stringOf(entry["name"]) || path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const label = JSON.stringify([name, entry["version"], resolved, entry["integrity"]]);
  return { label, needs: needsOf(path, entry, { places, kinds: RUNS_WITH }) };
}

interface Looked {
  readonly places: ReadonlyMap<string, Fields>;
  readonly kinds: readonly string[];
}

function needsOf(path: string, entry: Fields, { places, kinds }: Looked): LockedPackage["needs"] {
  return kinds.flatMap((kind) =>
    Object.keys(entry[kind] === undefined ? NOWHERE : fieldsOf(entry[kind])).flatMap((name) => {
      const found = lookUp(path, name, places);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
}

/** As Node looks for a module: in the folder's `node_modules`, then in that of each folder above. */
function lookUp(path: string, name: string, places: ReadonlyMap<string, Fields>): string | undefined {
  for (let folder = path; ; ) {
    const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (places.has(place)) return place;
    if (folder === "") return undefined;
    folder = folder.slice(0, Math.max(folder.lastIndexOf("/"), 0));
  }
}

function stringOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
