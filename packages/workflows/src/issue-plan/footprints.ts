import { canonicalJson, type RepoPath } from "@symbiotic-build/engine";
import type { Issue } from "../issues/issue.ts";
import type { Place } from "../issues/text/place.ts";
import type { Footprint } from "./footprint.ts";
import { fileList, FileSet } from "./meet/file-set.ts";
import { isPlainPath, patternOf } from "./meet/globs-meet.ts";
import type { RepositoryView } from "./repository-view.ts";
import { findNames, type FoundNames } from "./text/found-names.ts";
import { namesIn, type NamedThing } from "./text/names-in.ts";
import { proseOf } from "./text/prose.ts";
import { schemaOf } from "./text/schema-of.ts";

/** Files that a name of the code stands in are followed only where they are few: a name that is everywhere says nothing. */
const FEW_FILES = 3;

/** What each issue is likely to touch, by its document and the code. Reads the repository, and changes nothing. */
export function footprintsOf(
  issues: readonly Issue[],
  textOf: (issue: Issue) => string,
  repository: RepositoryView,
): readonly Footprint[] {
  const named = issues.map((issue) => ({ issue, things: namesIn(proseOf(textOf(issue))) }));
  const all = named.flatMap(({ things }) => things);
  const found = findNames(repository, { names: valuesOf(all, "name"), endpoints: valuesOf(all, "endpoint") });
  const made = new Set(all.filter((thing) => isNew(thing, found)).map(({ value }) => value));
  const filesOf = fileSets(repository);
  const isThere = new Set(repository.files);
  return named.map(({ issue, things }) => footprintOf(issue, things, { found, made, filesOf, isThere }));
}

interface Known {
  readonly found: FoundNames;
  /** Names that are not in the code, and that some issue makes. */
  readonly made: ReadonlySet<string>;
  readonly filesOf: (globs: readonly string[]) => FileSet;
  readonly isThere: ReadonlySet<RepoPath>;
}

function footprintOf(issue: Issue, things: readonly NamedThing[], known: Known): Footprint {
  const { found, made, filesOf, isThere } = known;
  const scope = issue.files;
  const files = filesOf(scope.map(({ value }) => value));
  const inScope = new Set(scope.map(({ value }) => value));
  const [mentions, names, makes] = [new Map<string, Place>(), new Map<string, Place>(), new Map<string, Place>()];
  for (const thing of things) {
    const { kind, value, at } = thing;
    if (kind === "path") {
      const isMeant = isThere.has(value) || schemaOf(value) !== undefined || /\.\w+$/.test(value);
      if (isMeant && !thing.isScope && !inScope.has(value)) keep(mentions, value, at);
      continue;
    }
    const places = found.of(kind, value);
    if (places.length === 0 && !made.has(value)) continue;
    keep(names, value, at);
    if (isNew(thing, found)) keep(makes, value, at);
    if (places.length <= FEW_FILES) for (const path of places) if (!inScope.has(path)) keep(mentions, path, at);
  }
  const schemas = schemasOf(issue, files);
  const key = canonicalJson([[...inScope], ...[mentions, names, schemas].map((each) => [...each.keys()].sort())]);
  const patterns = [...inScope].map(patternOf);
  return { issue, scope, patterns, files, mentions, names, makes, schemas, key };
}

function isNew({ kind, value, isMade }: NamedThing, found: FoundNames): boolean {
  return kind !== "path" && isMade && found.of(kind, value).length === 0;
}

function schemasOf({ files: scope }: Issue, files: FileSet): ReadonlyMap<string, Place> {
  const schemas = new Map<string, Place>();
  for (const { value, at } of scope) {
    const schema = schemaOf(isPlainPath(value) ? value : value.replace(/\*.*$/, "x"));
    if (schema !== undefined) keep(schemas, schema, at);
  }
  const [first] = scope;
  for (const path of first === undefined ? [] : files.paths()) {
    const schema = schemaOf(path);
    if (schema !== undefined && first !== undefined) keep(schemas, schema, first.at);
  }
  return schemas;
}

/** Many issues have the same scope: each is looked up once. */
function fileSets({ files, matcher }: RepositoryView): (globs: readonly string[]) => FileSet {
  const known = new Map<string, FileSet>();
  const list = fileList(files);
  return (globs) => {
    const key = canonicalJson(globs);
    const before = known.get(key);
    if (before !== undefined) return before;
    const wide = globs.flatMap((glob) => (isPlainPath(glob) ? [glob, `${glob}/**`] : [glob]));
    const set = new FileSet(list, globs.length === 0 ? () => false : matcher(wide));
    known.set(key, set);
    return set;
  };
}

function valuesOf(things: readonly NamedThing[], wanted: NamedThing["kind"]): ReadonlySet<string> {
  return new Set(things.filter(({ kind }) => kind === wanted).map(({ value }) => value));
}

function keep(map: Map<string, Place>, key: string, at: Place): void {
  if (!map.has(key)) map.set(key, at);
}
