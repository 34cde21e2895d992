import { type Table, tableAt, textsAt } from "@symbiotic-build/validator";
import { posix } from "node:path";
import { PositionEncoding, Workspace, type Diagnostic } from "@astral-sh/ruff-wasm-nodejs";
import { matchesPattern } from "../settings/glob.ts";
import type { EmbeddedEntry, EmbeddedReport, EmbeddedRequest } from "./request.ts";
import { selectFiles } from "./select-files.ts";
import { readSource } from "./source.ts";

/** Lints the files of a request. Throws with ruff's own message where the settings are not ruff's. */
export function checkFiles(request: EmbeddedRequest): EmbeddedReport {
  const { files, notChecked } = selectFiles(request, "lint");
  const known: Known = { files: new Set(request.files), workspaces: new Map() };
  const entries: EmbeddedEntry[] = [];
  for (const file of files) {
    const source = readSource(file);
    if (source === undefined) notChecked.push(file);
    else entries.push(...check(workspaceFor(file, request, known), file, source));
  }
  return { entries, notChecked };
}

interface Known {
  readonly files: ReadonlySet<string>;
  readonly workspaces: Map<string, Workspace>;
}

function check(workspace: Workspace, file: string, source: string): EmbeddedEntry[] {
  const found = workspace.check(source.replace(/^\ufeff/, "")) as Diagnostic[];
  return found.map(({ code, message, start_location, end_location, fix }) => ({
    code,
    message,
    filename: file,
    location: start_location,
    end_location,
    ...(fix ? { fix: { applicability: "unsafe" as const, message: fix.message } } : {}),
  }));
}

/**
 * The embedded ruff knows no file names: the rules that a pattern takes away from this file are taken away from every
 * one, and the package that the file lies in is said to be the project's own.
 */
function workspaceFor(file: string, request: EmbeddedRequest, { files, workspaces }: Known): Workspace {
  const ignored = ignoredIn(file, request);
  const own = packageOf(file, files);
  const key = [own, ...ignored].join(",");
  const made = workspaces.get(key) ?? new Workspace(optionsFor(request.options, ignored, own), PositionEncoding.Utf32);
  workspaces.set(key, made);
  return made;
}

function optionsFor(options: Table, ignored: readonly string[], own: string): Table {
  const isort = tableAt(options, "lint", "isort") ?? {};
  const firstParty = [...textsAt(isort, "known-first-party"), ...(own === "" ? [] : [own])];
  const lint = {
    ...tableAt(options, "lint"),
    "per-file-ignores": { "*": ignored },
    "extend-per-file-ignores": {},
    isort: { ...isort, "known-first-party": firstParty },
  };
  return { ...options, lint, "per-file-ignores": {}, "extend-per-file-ignores": {} };
}

/** The outermost package that a file lies in; empty where it lies in none. */
function packageOf(file: string, files: ReadonlySet<string>): string {
  const folder = posix.dirname(file);
  if (folder === "." || !files.has(`${folder}/__init__.py`)) return "";
  return packageOf(folder, files) || posix.basename(folder);
}

function ignoredIn(file: string, { options, folder }: EmbeddedRequest): string[] {
  const tables = [options, tableAt(options, "lint") ?? {}].flatMap((table) =>
    ["per-file-ignores", "extend-per-file-ignores"].flatMap((key): Table[] => {
      const inside = tableAt(table, key);
      return inside ? [inside] : [];
    }),
  );
  return tables.flatMap((table) =>
    Object.keys(table).flatMap((pattern) => (applies(pattern, folder, file) ? textsAt(table, pattern) : [])),
  );
}

function applies(pattern: string, folder: string, file: string): boolean {
  return pattern.startsWith("!")
    ? !matchesPattern(pattern.slice(1), folder, file)
    : matchesPattern(pattern, folder, file);
}
