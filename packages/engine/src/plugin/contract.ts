import type { z } from "zod";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Finding } from "../core/evidence.ts";
import type { JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import type { Result } from "../core/result.ts";
import type { Verdict } from "../core/status.ts";
import type { Agent } from "./agent.ts";
import type { Atom, Context, Settled } from "./atom.ts";
import type { Derived, NarrowedAtom } from "./derived.ts";
import type { Change } from "./change.ts";
import type { Platform } from "./platform.ts";
import type { FoundProject, Project, SourceText } from "./project.ts";

/**
 * What a plugin is: data, and pure functions over data. The engine spawns, hashes, caches, times out and prints, so a
 * plugin gets all of that for nothing and can be listed, documented and tested without being run.
 * Why it has this shape: docs/decisions/0001-plugin-contract.md.
 */
export interface PluginSpec<S extends z.ZodType = z.ZodType, F extends JsonValue = JsonValue> {
  /** The version of this contract. */
  readonly api: 1;
  /** Short and unique: `ruff`. What `config` and messages call it. */
  readonly name: string;
  /** `import.meta.url` of the module that defines it: from here the engine finds the package, its version and its code. */
  readonly from: string;
  /** Parses the options. What comes out must be JSON; it is in the key. */
  readonly options: S;
  /** Finds projects. */
  readonly discovery?: Discovery<z.output<S>>;
  /** Reads a project's own settings, once, for all hooks below. */
  readonly inspect?: Inspect<z.output<S>, F>;
  /** The steps it offers, by atom id (snake_case). */
  readonly atoms?: Readonly<Record<string, Atom<z.output<S>, F>>>;
  /** What derived atoms are made from, by a name that only this plugin uses. */
  readonly templates?: Readonly<Record<string, Atom<z.output<S>, F>>>;
  /** Makes atoms out of what discovery reads, from a template each: the scripts of a manifest. Pure. */
  derive?(seen: {
    readonly options: z.output<S>;
    /** The files that `discovery` names; none where the plugin has no discovery. */
    readonly files: readonly SourceText[];
    /** Globs over the whole repository that the configuration names as inputs of every derived atom. */
    readonly globalInputs?: readonly string[];
  }): Result<Derived, readonly Diagnostic[]>;
  /** What a derived atom is in one project; `false` where it has nothing to do there. Without it, the same in all. Pure. */
  narrow?(params: JsonValue, project: Project): NarrowedAtom | false;
  /** That the params of derived atoms hold whatever of the options matters to them: then the options are not in their keys. */
  readonly paramsHoldOptions?: true;
  /** The decisions it offers, by gate id (snake_case). */
  readonly gates?: Readonly<Record<string, Gate<z.output<S>, F>>>;
  /** The agents that it adapts, by the name that people type: `claude`. */
  readonly agents?: Readonly<Record<string, Agent<z.output<S>>>>;
  /** The places of review that it adapts, by the name that people type: `github`. */
  readonly platforms?: Readonly<Record<string, Platform<z.output<S>>>>;
  /** Named selections that its atoms join: `{ validate: ["run_ruff_lint"] }`. The same target of several plugins adds up. */
  readonly targets?: Readonly<Record<string, readonly string[]>>;
}

/** Finds projects from the manifests' text alone: pure, so the engine can cache it by content. */
export interface Discovery<O> {
  /** Globs over the repository's files. */
  readonly files: readonly string[];
  projects(seen: {
    readonly files: readonly SourceText[];
    /** Every path in the repository, for `setup.py`-less layouts and workspace globs. */
    readonly paths: readonly RepoPath[];
    readonly options: O;
  }): Result<readonly FoundProject[], readonly Diagnostic[]>;
}

/** Reads a project's settings into facts, which every hook of the plugin then gets. Pure. */
export interface Inspect<O, F extends JsonValue> {
  /** File names; each is looked up from the project's folder up to the repository root, all that exist are given, nearest first. */
  readonly texts: readonly string[];
  /** Globs over the project's own files; the paths that match are given. */
  readonly paths?: readonly string[];
  facts(seen: {
    readonly project: Project;
    readonly texts: readonly SourceText[];
    readonly paths: readonly RepoPath[];
    readonly options: O;
  }): Result<F, readonly Diagnostic[]>;
}

/** A decision from evidence. The engine asks it once a project, over the tasks of that project that were selected. */
export interface Gate<O = unknown, F = JsonValue> {
  readonly describe: string;
  /** What people call it: `lint clean`. */
  readonly title: string;
  /** The atoms whose evidence it reads. */
  readonly reads: readonly string[];
  /** It is about a change: asked only where the run compares with a base, as `--affected` does. */
  readonly ofChange?: true;
  /** The atoms whose evidence at the base it compares with; they are run there too. */
  readonly before?: readonly string[];
  /** Whether the repository configures what it is about; if not, it is advisory unless the configuration says otherwise. */
  required(context: Context<O, F>): boolean;
  /** Pure. Called with at least one settled task; a gate that is `required` and has no evidence holds without being asked. */
  decide(input: GateInput<O, F>): GateDecision;
  /** One line over all projects; called with at least one decision. */
  total(decisions: readonly GateDecision[]): { readonly measured: string; readonly wanted: string };
}

/** What a gate decides on. */
export interface GateInput<O, F> extends Context<O, F> {
  readonly tasks: readonly Settled[];
  /** What the configuration sets for this gate, `null` where it sets nothing. */
  readonly threshold: number | null;
  /** What the run compares with, `null` where it compares with nothing. */
  readonly change: Change | null;
  /** How the tasks of the atoms in `before` ended at the base; none of what was not there. */
  readonly before: readonly Settled[];
}

/** A gate's verdict, with what was measured and what was wanted. */
export interface GateDecision {
  readonly verdict: Verdict;
  readonly measured: string;
  readonly wanted: string;
  /** Numbers to add up in `total`. */
  readonly numbers?: Readonly<Record<string, number>>;
  readonly note?: string;
  /** The findings that decided: the very ones of the evidence. */
  readonly findings?: readonly Finding[];
}
