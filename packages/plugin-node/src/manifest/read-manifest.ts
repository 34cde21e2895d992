import {
  fail,
  ok,
  parentOf,
  type Diagnostic,
  type JsonValue,
  type Result,
  type SourceText,
} from "@symbiotic-build/engine";
import { brokenJson } from "./broken-json.ts";
import { DEPENDENCY_KINDS, type Dependency, type Manifest } from "./manifest.ts";

const known = new WeakMap<SourceText, Result<Manifest, Diagnostic>>();

/** Reads a `package.json`, once a run; a mistake in it is SYM7201 with its place. Members of a wrong type are left out. */
export function readManifest(file: SourceText): Result<Manifest, Diagnostic> {
  const read = known.get(file) ?? parseManifest(file);
  known.set(file, read);
  return read;
}

type Fields = Readonly<Record<string, JsonValue>>;

function parseManifest(file: SourceText): Result<Manifest, Diagnostic> {
  const text = file.text.replace(/^\uFEFF/, "");
  let parsed: JsonValue;
  try {
    parsed = JSON.parse(text) as JsonValue;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return fail(brokenJson(file.path, text));
  }
  return ok(manifestOf(file.path, fieldsOf(parsed)));
}

function manifestOf(path: string, fields: Fields): Manifest {
  const { name, version, packageManager } = fields;
  const workspaces = workspacesOf(fields["workspaces"]);
  return {
    path,
    root: parentOf(path),
    ...(typeof name === "string" && name !== "" ? { name } : {}),
    ...(typeof version === "string" ? { version } : {}),
    scripts: new Map(textsOf(fields["scripts"])),
    dependencies: dependenciesOf(fields),
    ...(workspaces === undefined ? {} : { workspaces }),
    ...(typeof packageManager === "string" ? { packageManager } : {}),
    config: fields["config"] === undefined ? {} : Object.fromEntries(flat(fieldsOf(fields["config"]))),
    members: fields,
  };
}

function dependenciesOf(fields: Fields): Dependency[] {
  const all: Dependency[] = [];
  for (const kind of DEPENDENCY_KINDS) {
    if (fields[kind] === undefined) continue;
    for (const [name, range] of textsOf(fields[kind])) all.push({ kind, name, range });
  }
  return all;
}

/** A list, or an object that holds the list under `packages`. */
function workspacesOf(value: JsonValue | undefined): readonly string[] | undefined {
  const list = Array.isArray(value) ? value : fieldsOf(value)["packages"];
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : undefined;
}

function textsOf(value: JsonValue | undefined): [string, string][] {
  return Object.entries(fieldsOf(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}

/** `{ a: { b: 1 } }` is `a_b`. */
function flat(fields: Fields, before = ""): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]): [string, string][] => {
    if (typeof value === "object" && value !== null) return flat(fieldsOf(value), `${before}${key}_`);
    return [[`${before}${key}`, String(value)]];
  });
}

function fieldsOf(value: JsonValue | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
