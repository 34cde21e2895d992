/** What the page is given: the view with nodes named by their place in `nodes`, so that many edges stay small. */
export interface PageData {
  readonly of: "tasks" | "projects";
  readonly title: string;
  readonly nodes: readonly PageNode[];
  /** In the order of their ids; a node names its own by place. */
  readonly atoms: readonly { readonly id: string; readonly title: string }[];
  readonly gates: readonly { readonly title: string; readonly nodes: readonly number[] }[];
  readonly critical: {
    readonly nodes: readonly number[];
    readonly by: "history" | "estimate" | "count";
    readonly expectedMs: number | null;
  };
}

/** A task or a project. */
export interface PageNode {
  readonly id: string;
  readonly title: string;
  readonly project: string;
  readonly folder: string;
  /** The place of its atom in `atoms`, null for a project. */
  readonly atom: number | null;
  readonly kind: string | null;
  readonly level: number;
  readonly dependsOn: readonly number[];
  /** Why, for each of `dependsOn`; null where nothing says so. */
  readonly because: readonly (string | null)[] | null;
  readonly expectedMs: number | null;
  readonly affected: string | null;
  readonly skipped: string | null;
}
