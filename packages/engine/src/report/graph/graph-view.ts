/** What the graph of a target, or of the projects, looks like: all that its renderers know. Plain data. */
export interface GraphView {
  /** What its nodes are. */
  readonly of: "tasks" | "projects";
  /** What it is the graph of: the names of the targets, or `projects`. */
  readonly title: string;
  readonly levels: number;
  /** By level, then by id. */
  readonly nodes: readonly GraphNode[];
  readonly gates: readonly GraphGate[];
  readonly criticalPath: CriticalPath;
}

/** A task or a project. */
export interface GraphNode {
  /** Unique: a task's id, or a project's name as ids spell it. */
  readonly id: string;
  /** The project's name. */
  readonly project: string;
  /** The project's folder, relative to the repository root. */
  readonly folder: string;
  /** The atom's id and title; absent where the node is a project. */
  readonly atom?: { readonly id: string; readonly title: string; readonly kind: string };
  /** 0 where it depends on nothing. */
  readonly level: number;
  readonly dependsOn: readonly GraphEdge[];
  /** In milliseconds, from how long it took lately; absent where it has not run here. */
  readonly expectedMs?: number;
  /** Why the change reaches it, where `--affected` was asked for and it does. */
  readonly affected?: string;
  /** Why it will not run, where that is known beforehand. */
  readonly skipped?: string;
}

/** What a node waits for. A node that is not in the view may be named. */
export interface GraphEdge {
  readonly id: string;
  /** Why, where something says so. */
  readonly because?: string;
}

/** A gate, with the tasks of the view whose evidence it reads. */
export interface GraphGate {
  readonly id: string;
  readonly title: string;
  /** Atom ids. */
  readonly reads: readonly string[];
  readonly tasks: readonly string[];
}

/** The longest way through the graph: no run is shorter, however many tasks run at once. */
export interface CriticalPath {
  /** From the first to the last. */
  readonly ids: readonly string[];
  /**
   * What "longest" went by: `history` where every node's duration is known, `estimate` where some are and the others
   * count as the middle one of those, `count` where none is known and each counts the same.
   */
  readonly by: "history" | "estimate" | "count";
  /** How long it takes, in milliseconds; absent where it goes by count. */
  readonly expectedMs?: number;
}
