import { ancestors, isInside, joinRepo, parentOf, relativeTo, type RepoPath } from "../core/path.ts";
import { followLinks, type Link } from "./links.ts";

/** A file of the repository under a path that leads to it through symbolic links to folders. */
export interface Detour {
  readonly path: RepoPath;
  readonly file: RepoPath;
}

/** What of a work tree is reached by more than its own path, or is no file: symbolic links and submodules. */
export interface Detours {
  /** The files that lie below folders which links lead to, each under the paths through the links. */
  readonly files: readonly Detour[];
  /** Links to folders outside the repository: what lies there cannot be known. */
  readonly outsideFolders: readonly RepoPath[];
  readonly submodules: readonly RepoPath[];
  /** The paths whose contents may change when this path does, beside itself. */
  reaching(path: RepoPath): readonly RepoPath[];
}

/** What there is in a work tree. */
export interface DetoursInput {
  /** Absolute. */
  readonly root: string;
  readonly files: readonly RepoPath[];
  /** Those of the files that are symbolic links. */
  readonly links: readonly RepoPath[];
  readonly submodules: readonly RepoPath[];
}

/** The detours of a work tree; undefined where there are none, which costs nothing. Links are followed when first asked for. */
export function createDetours(input: DetoursInput): Detours | undefined {
  return input.links.length + input.submodules.length === 0 ? undefined : new FoundDetours(input);
}

/** How many links to folders a path may lead through, one below the other. */
const DEEPEST = 8;
/** How many paths one file is looked at under: links that lead above themselves make endlessly many. */
const MOST_PATHS = 64;

class FoundDetours implements Detours {
  readonly submodules: readonly RepoPath[];
  readonly #input: DetoursInput;
  #links: readonly Link[] | undefined;
  #byTarget: ReadonlyMap<RepoPath, readonly Link[]> | undefined;
  #files: readonly Detour[] | undefined;

  constructor(input: DetoursInput) {
    this.#input = input;
    this.submodules = input.submodules;
  }

  get outsideFolders(): readonly RepoPath[] {
    return this.#followed().flatMap(({ path, outsideFolder }) => (outsideFolder ? [path] : []));
  }

  get files(): readonly Detour[] {
    this.#files ??= this.#input.files.flatMap((file) =>
      this.#pathsTo(file, parentOf(file)).map((path) => ({ path, file })),
    );
    return this.#files;
  }

  reaching(path: RepoPath): readonly RepoPath[] {
    // A link on the way may lead elsewhere now: all that is reached through it counts.
    const through = this.#followed().filter((link) => link.path === path || link.via.includes(path));
    const below = through.flatMap((link) => [
      link.path,
      ...this.files.flatMap((detour) => (isInside(link.path, detour.path) ? [detour.path] : [])),
    ]);
    return [...this.#pathsTo(path, path), ...below];
  }

  /** The other paths of a file, for all links that lead to `from` or a folder above it. */
  #pathsTo(file: RepoPath, from: RepoPath): readonly RepoPath[] {
    const paths = new Set<RepoPath>();
    let ring: readonly RepoPath[] = [file];
    for (let depth = 0; depth < DEEPEST && ring.length > 0; depth += 1) {
      const next = ring.flatMap((path) => this.#oneLinkTo(path, depth === 0 ? from : parentOf(path)));
      ring = next.filter((path) => paths.size < MOST_PATHS && !paths.has(path) && paths.add(path));
    }
    return [...paths];
  }

  #oneLinkTo(path: RepoPath, from: RepoPath): RepoPath[] {
    return ancestors(from).flatMap((folder) =>
      (this.#targets().get(folder) ?? []).map((link) => under(link.path, relativeTo(folder, path))),
    );
  }

  #targets(): ReadonlyMap<RepoPath, readonly Link[]> {
    if (this.#byTarget !== undefined) return this.#byTarget;
    const byTarget = new Map<RepoPath, Link[]>();
    for (const link of this.#followed()) {
      if (link.target !== undefined) byTarget.set(link.target, [...(byTarget.get(link.target) ?? []), link]);
    }
    return (this.#byTarget = byTarget);
  }

  #followed(): readonly Link[] {
    this.#links ??= followLinks(this.#input.root, this.#input.links);
    return this.#links;
  }
}

function under(folder: RepoPath, rest: string): RepoPath {
  return rest === "." ? folder : joinRepo(folder, rest);
}
