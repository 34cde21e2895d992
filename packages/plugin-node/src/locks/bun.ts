import type { JsonValue, LockedPackage } from "@symbiotic-build/engine";
import { fieldsOf, isFields, parseJson, type Fields } from "./json-lock.ts";
import { linkedId, type LockGraph } from "./lock-graph.ts";

const RUNS_WITH = ["dependencies", "optionalDependencies", "peerDependencies"];

/** What a `bun.lock` of version 0 to 2 resolves; `undefined` for any other text. */
export function bunGraph(text: string): LockGraph | undefined {
  const lock = parseJson(withoutTrailingCommas(text));
  const version = lock?.["lockfileVersion"];
  if (lock === undefined || (version !== 0 && version !== 1 && version !== 2)) return undefined;
  const [workspaces, entries] = [fieldsOf(lock["workspaces"]), fieldsOf(lock["packages"])];
  if (!isFields(lock["workspaces"])) return undefined;
  const packages = new Map<string, LockedPackage>();
  for (const [key, entry] of Object.entries(entries)) packages.set(key, packageOf(key, entry, { lock, entries }));
  const importers = new Map<string, LockedPackage["needs"]>();
  for (const [path, value] of Object.entries(workspaces)) {
    const [folder, manifest] = [path === "" ? "." : path, fieldsOf(value)];
    const name = manifest["name"];
    const at = path === "" || typeof name !== "string" ? [] : [name];
    importers.set(folder, needsOf(manifest, at, { entries, kinds: [...RUNS_WITH, "devDependencies"] }));
    const needs = needsOf(manifest, at, { entries, kinds: RUNS_WITH });
    packages.set(linkedId(folder), { label: linkedId(folder), needs });
  }
  return { packages, importers };
}

function packageOf(
  key: string,
  entry: JsonValue,
  { lock, entries }: { readonly lock: Fields; readonly entries: Fields },
): LockedPackage {
  const parts: readonly JsonValue[] = Array.isArray(entry) ? entry : [];
  const [ident = ""] = parts;
  const path = typeof ident === "string" ? /@workspace:(.*)$/.exec(ident)?.[1] : undefined;
  if (path !== undefined) return { label: "workspace", needs: [["", linkedId(path === "" ? "." : path)]] };
  const information = parts.find(isFields) ?? {};
  const patch = typeof ident === "string" ? fieldsOf(lock["patchedDependencies"])[ident] : undefined;
  const label = JSON.stringify([parts.filter((part) => !isFields(part)), patch ?? null]);
  return { label, needs: needsOf(information, segmentsOf(key), { entries, kinds: RUNS_WITH }) };
}

interface Looked {
  readonly entries: Fields;
  readonly kinds: readonly string[];
}

/** `at`: the names on the way to the package that needs them. Each may have been given its own version of another. */
function needsOf(from: Fields, at: readonly string[], { entries, kinds }: Looked): LockedPackage["needs"] {
  return kinds.flatMap((kind) =>
    Object.keys(fieldsOf(from[kind])).flatMap((name) => {
      for (let depth = at.length; depth >= 0; depth -= 1) {
        const key = [...at.slice(0, depth), name].join("/");
        if (Object.hasOwn(entries, key)) return [[name, key] as const];
      }
      return [];
    }),
  );
}

/** `a/@s/b` is `a`, `@s/b`. */
function segmentsOf(key: string): string[] {
  return key.match(/@[^/]+\/[^/]+|[^/]+/g) ?? [];
}

/** A comma before a closing bracket, outside of texts. */
function withoutTrailingCommas(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === "," ? "" : part));
}
