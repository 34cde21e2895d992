import { nameOf, type RepoPath } from "../core/path.ts";
import type { SourceText } from "../plugin/project.ts";
import type { DefaultPlugin } from "./load.ts";
import type { Settings } from "./schema.ts";

/** A plugin that is used where a repository, its configuration or a command line mentions its tool. */
export interface OnDemandPlugin extends DefaultPlugin {
  /** Ids and aliases of its atoms, and ids of its gates and targets: who names one of them asks for it. */
  readonly offers: readonly string[];
  /** Names of files that are about its tool alone: `mypy.ini`. */
  readonly files: readonly string[];
  /** By the name of a file that is about other things too, what in its text is about the tool. */
  readonly mentions: Readonly<Record<string, RegExp>>;
}

/** Where a plugin may be mentioned. */
export interface Mentions {
  /** What was named on the command line, and by rules. */
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly files: readonly RepoPath[];
  readonly texts: { source(path: RepoPath): SourceText | undefined };
}

/** Those of the plugins that somebody asks for, in their order. */
export function askedFor(plugins: readonly OnDemandPlugin[], mentions: Mentions): readonly OnDemandPlugin[] {
  const named = new Set([...mentions.names, ...namesIn(mentions.settings)].map(bare));
  const places = placesByName(plugins, mentions.files);
  return plugins.filter(
    ({ offers, files, mentions: patterns }) =>
      offers.some((name) => named.has(name)) ||
      files.some((name) => places.has(name)) ||
      Object.entries(patterns).some(([name, pattern]) =>
        (places.get(name) ?? []).some((path) => pattern.test(mentions.texts.source(path)?.text ?? "")),
      ),
  );
}

/** The repository's files by their names, as far as plugins want to know of them. */
function placesByName(
  plugins: readonly OnDemandPlugin[],
  files: readonly RepoPath[],
): ReadonlyMap<string, readonly RepoPath[]> {
  const wanted = new Set(plugins.flatMap((plugin) => [...plugin.files, ...Object.keys(plugin.mentions)]));
  const places = new Map<string, RepoPath[]>();
  for (const path of files) {
    const name = nameOf(path);
    if (!wanted.has(name)) continue;
    const known = places.get(name);
    if (known === undefined) places.set(name, [path]);
    else known.push(path);
  }
  return places;
}

/** What a configuration names of atoms, gates and targets. */
function namesIn({ gates = {}, targets = {}, atoms = {} }: Settings): readonly string[] {
  const members = Object.values(targets).flat();
  const before = Object.values(atoms).flatMap((atom) => (atom === false ? [] : (atom.dependsOn ?? [])));
  return [
    ...Object.keys(gates),
    ...members.map((member) => (typeof member === "string" ? member : member.run)),
    ...before,
  ];
}

/** `api:^mypy` asks for `mypy`. */
function bare(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1).replace(/^\^/, "");
}
