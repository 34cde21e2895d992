import type { Diagnostic } from "../core/diagnostic.ts";
import { canonicalJson, type JsonValue } from "../core/json.ts";
import type { RepoPath } from "../core/path.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { InputSet } from "../graph/input-set.ts";
import type { Task } from "../graph/task.ts";
import type { Command, Inputs } from "../plugin/atom.ts";
import { digestJson, sha256 } from "./digest.ts";
import type { FileDigests } from "./files/file-digests.ts";
import type { Digest, FileSet, FingerprintRecord, Produced } from "./record.ts";

/** A task's fingerprint: the record, its key, and the texts that the record names by digest. */
export interface Fingerprint {
  readonly key: Digest;
  readonly record: FingerprintRecord;
  /** Texts by digest: file sets and the tool's identity. Kept as blobs beside the record. */
  readonly parts: () => ReadonlyMap<Digest, string>;
  /** Every file whose digest is in the record. */
  readonly paths: () => readonly RepoPath[];
}

/** What a task's key is made of beside the task itself. */
export interface FingerprintInput {
  readonly task: Task;
  readonly sets: readonly InputSet[];
  readonly command?: Command & { readonly cwd: RepoPath };
  readonly variables: Readonly<Record<string, Digest | null>>;
  readonly tool: { readonly name: string; readonly version: string; readonly identity: JsonValue } | null;
  readonly declared: Inputs;
  readonly platform: { readonly os: string; readonly cpu: string };
  readonly redaction: number;
  /** Stands for the names and folders of all that the project depends on. */
  readonly neighbours: Digest;
  /** Stands for what lockfiles resolve for the project and all that it depends on; for an atom that declares it. */
  readonly resolved?: Digest;
  readonly upstream: readonly Produced[];
}

/** Computes fingerprints; digests each file set once a run. */
export interface Fingerprints {
  /** The fingerprint, or the inputs that cannot be read. */
  compute(input: FingerprintInput): Result<Fingerprint, readonly Diagnostic[]>;
}

/** A set of files, digested. */
interface DigestedSet {
  readonly digest: Digest;
  readonly text: string;
  readonly paths: readonly RepoPath[];
  readonly problems: readonly Diagnostic[];
}

/** Fingerprints over the files that `digests` knows. */
export function createFingerprints(digests: FileDigests): Fingerprints {
  const sets = new Map<string, DigestedSet>();
  const identities = new Map<JsonValue, { readonly digest: Digest; readonly text: string }>();
  const setOf = (set: InputSet): DigestedSet => {
    const known = sets.get(set.key) ?? digestSet(set, digests);
    sets.set(set.key, known);
    return known;
  };
  const identityOf = (identity: JsonValue): { readonly digest: Digest; readonly text: string } => {
    const text = identities.get(identity)?.text ?? canonicalJson(identity);
    const known = identities.get(identity) ?? { digest: sha256(text), text };
    identities.set(identity, known);
    return known;
  };
  return {
    compute(input) {
      const digested = input.sets.map((set) => ({ label: set.label, ...setOf(set) }));
      const problems = digested.flatMap((set) => set.problems);
      if (problems.length > 0) return fail(problems);
      const identity = input.tool === null ? null : identityOf(input.tool.identity);
      const record: FingerprintRecord = {
        v: 2,
        atom: input.task.atomId,
        plugin: input.task.plugin.identity,
        redaction: input.redaction,
        options: keyedOptions(input.task),
        ...(input.command === undefined ? {} : { command: commandPart(input.command) }),
        facts: factsDigest(input.task, input.neighbours),
        files: digested.map(({ label, digest }) => [label, digest]),
        variables: input.variables,
        tool:
          input.tool === null || identity === null
            ? null
            : { name: input.tool.name, version: input.tool.version, identity: identity.digest },
        ...(input.resolved === undefined ? {} : { resolved: input.resolved }),
        ...(input.declared.platform === true ? { platform: input.platform } : {}),
        upstream: input.upstream,
      };
      // A hit needs neither parts nor paths, and there are as many as the task has inputs: they are made when asked for.
      return ok({
        key: digestJson(record),
        record,
        parts: () =>
          new Map([...digested, ...(identity === null ? [] : [identity])].map(({ digest, text }) => [digest, text])),
        paths: () => [...new Set(digested.flatMap(({ paths }) => paths))],
      });
    },
  };
}

function keyedOptions({ plugin, template }: Task): JsonValue {
  return template !== undefined && plugin.spec.paramsHoldOptions === true ? null : plugin.options;
}

/** What the hooks were given beside the options: `parse` may make of it what it likes. */
function factsDigest({ project, context }: Task, upstream: Digest): Digest {
  const { name, root, nested, dependsOn } = project;
  const { facts, params } = context;
  return digestJson({ facts, params, project: { name, root, nested, dependsOn }, upstream });
}

function commandPart(command: Command & { readonly cwd: RepoPath }): NonNullable<FingerprintRecord["command"]> {
  const { argv, cwd, env = {}, programs, files } = command;
  return {
    argv,
    cwd,
    env,
    ...(command.stdin === undefined ? {} : { stdin: sha256(command.stdin) }),
    ...(command.shell === true ? { shell: true } : {}),
    ...(programs === undefined ? {} : { programs }),
    ...(files === undefined ? {} : { files: digestTexts(files) }),
  };
}

/** Texts may be long and the same for every task: what is kept of them for `why` is their digests. */
function digestTexts(files: Readonly<Record<string, string>>): Readonly<Record<string, Digest>> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(text)]));
}

function digestSet(set: InputSet, digests: FileDigests): DigestedSet {
  const paths = set.paths();
  const problems: Diagnostic[] = [];
  const entries = paths.flatMap((path): FileSet => {
    const digest = digests.digest(path);
    if (!digest.ok) {
      problems.push(digest.error);
      return [];
    }
    if (digest.value === undefined) return set.optional ? [[path, null, null]] : [];
    return [[path, digest.value.mode, digest.value.sha256]];
  });
  const text = canonicalJson(entries);
  return { digest: sha256(text), text, paths, problems };
}
