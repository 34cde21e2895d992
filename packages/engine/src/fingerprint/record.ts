import type { JsonValue } from "../core/json.ts";
import type { PluginIdentity } from "../plugin/identity.ts";

/** sha256 in lower-case hexadecimal. */
export type Digest = string;

/**
 * Everything that a task's result depends on; the sha256 of its canonical JSON is the task's key. No display text, clock,
 * locale or absolute path is in it. It is kept, so that `why` is the difference of two of them.
 * Why it has this shape: docs/decisions/0004-fingerprint-record.md.
 */
export interface FingerprintRecord {
  /** The version of this format; raising it makes every task a miss. */
  readonly v: 2;
  readonly atom: string;
  readonly plugin: PluginIdentity;
  /** The version of the redaction rules: evidence and logs are redacted before they are kept. */
  readonly redaction: number;
  readonly options: JsonValue;
  /** What is started, with tokens for programs; absent for an atom that is a function. */
  readonly command?: {
    readonly argv: readonly string[];
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly stdin?: Digest;
    /** Whether the first word is a line for the shell. */
    readonly shell?: boolean;
    /** Folders that come before those on PATH. */
    readonly programs?: readonly string[];
    /** Texts that are put into the task's own folder, by their paths there. */
    readonly files?: Readonly<Record<string, Digest>>;
  };
  /** What the plugin's hooks were given (facts, the project, what it depends on): the outcome of `parse` may depend on it. */
  readonly facts: Digest;
  /** Digests of file sets by label; each is the sha256 of a `FileSet`'s canonical JSON, kept as a blob. */
  readonly files: readonly (readonly [label: string, set: Digest])[];
  /** Declared variables: the digest of the value, `null` where it is not set. Values are never kept. */
  readonly variables: Readonly<Record<string, Digest | null>>;
  /** The tool: name and version for people, and the digest of its identity, kept as a blob. */
  readonly tool: { readonly name: string; readonly version: string; readonly identity: Digest } | null;
  /** What lockfiles resolve for the project and for all that it depends on; only where the atom declares that it matters. */
  readonly resolved?: Digest;
  /** Only where the atom declares that it matters. */
  readonly platform?: { readonly os: string; readonly cpu: string };
  /** What each task before it *produced*, not its key: the same result downstream of a new run is still a hit. */
  readonly upstream: readonly Produced[];
}

/** What a task before this one produced; `behind` stands for what those before that one produced, all the way, and is empty where there is none. */
export type Produced = readonly [task: string, evidence: Digest, outputs: Digest, behind: Digest];

/** Files by path, mode and digest, sorted by path; `null` for one that is not there and whose absence counts. */
export type FileSet = readonly (readonly [path: string, mode: string | null, sha256: Digest | null])[];
