import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync, type Dirent } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import type { InterpreterFacts } from "../fingerprint/tool/interpreter.ts";
import { readIfThere, WINDOWS } from "../fingerprint/tool/host.ts";
import { realPath } from "../fingerprint/tool/memo.ts";
import type { SurveyedEnvironment } from "../fingerprint/tool/survey.ts";
import { movedText, type Moves } from "./moved-text.ts";
import { IGNORE_ALL } from "./node-modules.ts";
import type { Entries, Entry } from "./put-in-place.ts";

type Located = Pick<SurveyedEnvironment, "environment" | "facts">;

/**
 * What makes a folder a Python environment like another one, but that what it imports from folders that moved comes from
 * their new places. Everything else in it is a link to the other environment's own.
 */
export function pythonEntries(located: Located, moves: Moves): Entries {
  const { environment, facts } = located;
  const { directory } = environment;
  const configuration = directory === null ? undefined : readIfThere(join(directory, "pyvenv.cfg"));
  const own = directory === null ? [] : facts.sites.filter((site) => isWithin(directory, site));
  // Where it imports through a folder of another environment, that one's packages become its own.
  const isWhole =
    configuration !== undefined && facts.sites.every((site) => own.includes(site) || !namesMoved(site, moves));
  const folders = isWhole && directory !== null ? inEnvironment(directory, own, moves) : asOne(facts, moves);
  return new Map<string, Entry>([
    ...folders,
    ["pyvenv.cfg", fileOf(isWhole ? configuration : configurationOf(facts))],
    [basename(environment.binDirectory), { kind: "folder", entries: programs(located, isWhole, moves) }],
    [".gitignore", IGNORE_ALL],
  ]);
}

/** Whether anything in a folder of installed packages leads to a folder that moved. */
export function namesMoved(site: string, moves: Moves): boolean {
  return namesIn(site).some(({ name }) => {
    const text = textThatLeads(site, name);
    return text !== undefined && movedText(text, moves) !== text;
  });
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..") && !isAbsolute(way);
}

/** What may say where sources lie: links that installers write, and the notes of an editable installation. */
function textThatLeads(site: string, name: string): string | undefined {
  if (/\.(?:pth|egg-link|py)$/.test(name)) return readIfThere(join(site, name));
  return name.endsWith(".dist-info") ? readIfThere(join(site, name, "direct_url.json")) : undefined;
}

/** The folders that hold packages are made; those beside them are links. */
function inEnvironment(directory: string, sites: readonly string[], moves: Moves): Map<string, Entry> {
  const made = new Map<string, Entry>();
  for (const { name } of namesIn(directory)) made.set(name, linkOf(join(directory, name)));
  for (const site of sites) {
    const way = relative(directory, site).split(sep);
    made.set(way[0] ?? "", folderTo(directory, way, { kind: "folder", entries: siteEntries([site], moves) }));
  }
  return made;
}

/** The folder at the first step of a way, all else in it linked, with an entry at the way's end. */
function folderTo(parent: string, [step = "", ...rest]: readonly string[], entry: Entry): Entry {
  if (rest.length === 0) return entry;
  const folder = join(parent, step);
  const entries = new Map(namesIn(folder).map(({ name }) => [name, linkOf(join(folder, name))] as const));
  entries.set(rest[0] ?? "", folderTo(folder, rest, entry));
  return { kind: "folder", entries };
}

/** An environment that has all packages of an interpreter for its own. */
function asOne(facts: InterpreterFacts, moves: Moves): Map<string, Entry> {
  const [major = "3", minor = "0"] = facts.version.split(".");
  const family = facts.implementation === "pypy" ? "pypy" : "python";
  const site: Entry = { kind: "folder", entries: siteEntries(facts.sites, moves) };
  if (WINDOWS) return new Map([["Lib", folder(["site-packages", site])]]);
  return new Map([["lib", folder([`${family}${major}.${minor}`, folder(["site-packages", site])])]]);
}

function folder(...entries: (readonly [string, Entry])[]): Entry {
  return { kind: "folder", entries: new Map(entries) };
}

function configurationOf({ executable, version }: InterpreterFacts): string {
  const home = dirname(realPath(executable) ?? executable);
  return `home = ${home}\ninclude-system-site-packages = false\nversion = ${version}\n`;
}

/** Of two folders with the same package the first has it, as for the interpreter. */
function siteEntries(sites: readonly string[], moves: Moves): Entries {
  const entries = new Map<string, Entry>();
  for (const site of sites)
    for (const { name } of namesIn(site)) if (!entries.has(name)) entries.set(name, packageEntry(site, name, moves));
  return entries;
}

function packageEntry(site: string, name: string, moves: Moves): Entry {
  const place = join(site, name);
  const text = textThatLeads(site, name);
  if (text === undefined || movedText(text, moves) === text) return linkOf(place);
  if (!name.endsWith(".dist-info")) return fileOf(movedText(text, moves));
  const notes = namesIn(place).map(({ name: note }) => [note, linkOf(join(place, note))] as const);
  return folder(...notes, ["direct_url.json", fileOf(movedText(text, moves))]);
}

/** The programs of an environment. Of an interpreter that is none's own only those that it runs: it shares their folder. */
function programs({ environment, facts }: Located, isWhole: boolean, moves: Moves): Entries {
  const { binDirectory } = environment;
  const entries = new Map<string, Entry>();
  for (const { name } of namesIn(binDirectory)) {
    const entry = programEntry(join(binDirectory, name), moves);
    if (entry !== undefined && (isWhole || environment.directory !== null || entry.kind === "file"))
      entries.set(name, entry);
  }
  if (!isWhole) for (const [name, entry] of interpreters(facts)) entries.set(name, entry);
  return entries;
}

function interpreters({ executable, version }: InterpreterFacts): (readonly [string, Entry])[] {
  if (WINDOWS) return [["python.exe", { kind: "copy", source: executable }]];
  const [major = "3", minor = "0"] = version.split(".");
  const target = realPath(executable) ?? executable;
  return ["python", `python${major}`, `python${major}.${minor}`].map((name) => [name, { kind: "link", target }]);
}

const LARGEST_SCRIPT = 64 * 1024;

/** A script names its interpreter: it is written anew. */
function programEntry(place: string, moves: Moves): Entry | undefined {
  const stat = lstatSync(place);
  if (stat.isSymbolicLink()) return linkOf(place);
  if (!stat.isFile()) return undefined;
  const text = stat.size <= LARGEST_SCRIPT ? readFileSync(place) : undefined;
  if (text?.toString("latin1", 0, 2) !== "#!") return WINDOWS ? { kind: "copy", source: place } : linkOf(place);
  const moved = movedText(text.toString("utf8"), moves);
  return moved === text.toString("utf8") ? linkOf(place) : fileOf(moved, stat.mode);
}

/** A link that stays inside its environment is made alike. */
function linkOf(place: string): Entry {
  const target = lstatSync(place).isSymbolicLink() ? readlinkSync(place) : undefined;
  const isInner =
    target !== undefined &&
    !isAbsolute(target) &&
    !target.startsWith("..") &&
    statSync(place, { throwIfNoEntry: false }) !== undefined;
  return { kind: "link", target: isInner ? target : place };
}

function fileOf(content: string, mode = 0o644): Entry {
  return { kind: "file", content, mode };
}

function namesIn(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
