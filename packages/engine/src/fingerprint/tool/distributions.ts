import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { byCodeUnit, type JsonValue } from "../../core/json.ts";
import { readIfThere } from "./host.ts";
import { addedLines, editableUrl, isEditableRecord, linkedSources } from "./editable-sources.ts";
import { recall, stampOf, type Memo } from "./memo.ts";
import { recordDigest } from "./record-digest.ts";

/** An installed distribution. */
export interface Distribution {
  /** Normalised (PEP 503). */
  readonly name: string;
  readonly version: string;
  /** The digest of its RECORD; `null` where it has none; `editable` where its files are a project's sources. */
  readonly record: string | null;
  /** Where the sources of an editable one lie, absolute, as far as its installation tells. */
  readonly sources?: readonly string[];
}

/** What stands for a RECORD whose distribution is a project's sources: its own files hold absolute paths. */
export const EDITABLE = "editable";

/**
 * Every distribution that an interpreter with these folders can import from, sorted by name: those in the folders, and
 * those in folders that `.pth` files there add. Of several with one name the one that the interpreter finds first.
 */
export function distributionsIn(sites: readonly string[], memo: Memo): Distribution[] {
  const found = new Map<string, Distribution>();
  const seen = new Set<string>();
  for (const site of sites) {
    for (const folder of [site, ...addedFolders(site)]) {
      if (seen.has(folder)) continue;
      seen.add(folder);
      for (const distribution of readFolder(folder, sites.includes(folder), memo)) {
        if (!found.has(distribution.name)) found.set(distribution.name, distribution);
      }
    }
  }
  return [...found.values()].sort((a, b) => byCodeUnit(a.name, b.name));
}

/** The one spelling of a distribution's name. */
export function normalizeDistribution(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

function readFolder(folder: string, isSite: boolean, memo: Memo): Distribution[] {
  return list(folder).flatMap((entry) => {
    // What pip sets aside while it replaces a distribution, and sometimes leaves.
    if (entry.startsWith("~")) return [];
    const path = join(folder, entry);
    if (entry.endsWith(".dist-info")) return fromDistInfo(path, entry, memo);
    if (entry.endsWith(".egg-info")) return fromEggInfo(path, entry, isSite ? undefined : folder);
    if (entry.endsWith(".egg-link")) return fromEggLink(path, entry, folder);
    return entry.endsWith(".egg") ? { ...named(entry.replace(/(?:-py\d.*)?\.egg$/, "")), record: null } : [];
  });
}

function fromDistInfo(path: string, entry: string, memo: Memo): Distribution {
  const file = join(path, "RECORD");
  const stamp = stampOf(file);
  const read = (): string | null => recordOf(readIfThere(file), readIfThere(join(path, "direct_url.json")));
  const known =
    stamp === undefined ? read() : recall(memo, { key: `record:${file}`, stamp, read: readRecord, learn: read });
  const own = named(entry.slice(0, -".dist-info".length));
  if (known !== EDITABLE) return { ...own, record: known ?? null };
  const url = editableUrl(readIfThere(join(path, "direct_url.json")));
  return {
    ...own,
    record: EDITABLE,
    sources: url === undefined ? linkedSources(dirname(path), readIfThere(file) ?? "") : [url],
  };
}

function recordOf(record: string | undefined, url: string | undefined): string | null {
  if (isEditableUrl(url ?? "") || isEditableRecord(record ?? "")) return EDITABLE;
  return record === undefined ? null : recordDigest(record);
}

/** What `setup.py develop` leaves in a folder of installed things: the sources' folder in the first line. */
function fromEggLink(path: string, entry: string, folder: string): Distribution {
  const [first = ""] = addedLines(readIfThere(path) ?? "");
  const sources = first === "" ? [] : [resolve(folder, first)];
  return { name: normalizeDistribution(entry.slice(0, -".egg-link".length)), version: "", record: EDITABLE, sources };
}

function readRecord(value: JsonValue): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isEditableUrl(text: string): boolean {
  return /"editable"\s*:\s*true/.test(text);
}

/** Beside sources, outside a folder of installed things, it is what `setup.py develop` left. */
function fromEggInfo(path: string, entry: string, sources: string | undefined): Distribution {
  const own = named(entry.replace(/(?:-py\d[\d.]*)?\.egg-info$/, ""));
  const text = own.version === "" ? (readIfThere(join(path, "PKG-INFO")) ?? "") : "";
  const version = own.version || (/^Version:\s*(\S+)/m.exec(text)?.[1] ?? "");
  const { name } = own;
  return sources === undefined
    ? { name, version, record: null }
    : { name, version, record: EDITABLE, sources: [sources] };
}

/** `name-version`, as installed metadata is called; the version is empty where there is none. */
function named(text: string): { readonly name: string; readonly version: string } {
  const [, name = text, version = ""] = /^(.+)-(v?\d[^-]*)$/.exec(text) ?? [];
  return { name: normalizeDistribution(name), version };
}

/** The folders that the `.pth` files of a folder add; their lines of code are not run. */
function addedFolders(site: string): string[] {
  return list(site)
    .filter((entry) => entry.endsWith(".pth") && !entry.startsWith("."))
    .flatMap((entry) => addedLines(readIfThere(join(site, entry)) ?? ""))
    .map((line) => resolve(site, line));
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort(byCodeUnit);
  } catch {
    return [];
  }
}
