import { createHash } from "node:crypto";
import { byCodeUnit, canonicalJson } from "../../core/json.ts";

/** Files of a `.dist-info` that say who installed it, when and from where, and nothing of what it does. */
const NOTES =
  /\.dist-info\/(?:RECORD(?:\.jws|\.p7s)?|INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$/;
/** Programs are written anew for each environment, with its path in them. */
const PROGRAMS = /^(?:\.\.\/)+(?:bin|scripts)\//i;

/**
 * The digest of what a distribution consists of, by its RECORD: the same for the same files, whoever installed them,
 * wherever to and in whatever order.
 */
export function recordDigest(text: string): string {
  const rows = text
    .split(/\r?\n/)
    .map(fieldsOf)
    .filter(([path]) => counts(path));
  rows.sort(([a], [b]) => byCodeUnit(a, b));
  return createHash("sha256").update(canonicalJson(rows)).digest("hex");
}

type Row = readonly [path: string, hash: string, size: string];

function fieldsOf(line: string): Row {
  const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)];
  const [path = "", hash = "", size = ""] = fields.map((match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
  return [path.replaceAll("\\", "/"), hash, size];
}

function counts(path: string): boolean {
  const isAbsolute = path.startsWith("/") || /^[a-z]:\//i.test(path);
  return path !== "" && !isAbsolute && !path.endsWith(".pyc") && !NOTES.test(path) && !PROGRAMS.test(path);
}
