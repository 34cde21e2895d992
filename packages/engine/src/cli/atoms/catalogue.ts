/** A step of the pipeline, as the catalogue names it. */
export interface CatalogueEntry {
  /** Three digits. */
  readonly number: string;
  readonly name: string;
  readonly phase: number;
  readonly purpose: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** The numbers of those that come first. */
  readonly dependsOn: readonly string[];
  readonly optional: boolean;
}

/** The catalogue, which the package that owns the binary brings. */
export interface Catalogue {
  readonly phases: readonly { readonly number: number; readonly name: string }[];
  /** By number. */
  readonly entries: readonly CatalogueEntry[];
}
