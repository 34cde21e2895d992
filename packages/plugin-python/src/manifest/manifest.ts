import type { RepoPath } from "@symbiotic-build/engine";

/** Something that a manifest says its project needs. */
export interface Requirement {
  /** As a person finds it in the manifest: `foo-core`, `../foo`. */
  readonly text: string;
  /** The distribution's normalised name, where the text holds one. */
  readonly name?: string;
  /** A folder, relative to the manifest's own, where the text holds one. */
  readonly path?: string;
}

/** The tools that make a project's environment or its packages; they become tags. */
export type Manager = "uv" | "poetry" | "pdm" | "hatch" | "setuptools" | "flit" | "maturin" | "pipenv";

/** A workspace of uv: which folders share its environment. */
export interface Workspace {
  readonly members: readonly string[];
  readonly exclude: readonly string[];
}

/** What one file says about the project in its folder. */
export interface Manifest {
  readonly path: RepoPath;
  /** That it declares a project, rather than only holding the settings of tools. */
  readonly declares: boolean;
  /** The distribution's name, normalised; absent where it has none or it cannot be read without running code. */
  readonly name?: string;
  readonly managers: readonly Manager[];
  readonly requirements: readonly Requirement[];
  /** Further files of requirements that it names, relative to its folder. */
  readonly includes: readonly string[];
  /** Folders from which uv takes named requirements, by normalised name. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  readonly workspace?: Workspace;
}

/** A manifest that says nothing, for readers to fill in. */
export function emptyManifest(path: RepoPath): Manifest {
  return { path, declares: false, managers: [], requirements: [], includes: [], sources: new Map() };
}
