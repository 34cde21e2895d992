import { z } from "zod";
import type { RepoPath } from "../../src/core/path.ts";
import { ok } from "../../src/core/result.ts";
import { createFingerprints, type Fingerprint, type FingerprintInput } from "../../src/fingerprint/compute.ts";
import { createFileDigests, type FileDigests, type FileMemo } from "../../src/fingerprint/files/file-digests.ts";
import { digestOf } from "../../src/fingerprint/files/hash-file.ts";
import type { InputSet } from "../../src/graph/input-set.ts";
import type { Task } from "../../src/graph/task.ts";
import type { Atom } from "../../src/plugin/atom.ts";
import type { Project } from "../../src/plugin/project.ts";
import { definePlugin } from "../../src/plugin/define-plugin.ts";
import type { LoadedPlugin } from "../../src/plugin/load.ts";

const atom: Atom = {
  kind: "check",
  title: "t",
  describe: "t",
  inputs: () => ({ files: ["**"] }),
  command: () => ({ argv: ["t"] }),
};
const { spec } = definePlugin({
  api: 1,
  name: "t",
  from: import.meta.url,
  options: z.null(),
  atoms: { check_it: atom },
})(null);
const plugin: LoadedPlugin = {
  name: "t",
  spec,
  options: null,
  identity: { kind: "modules", digest: "0" },
  ref: { kind: "module", url: import.meta.url, digest: "0" },
};
const project: Project = { name: "p", root: ".", manifests: [], dependsOn: [], tags: [], nested: [], environments: [] };
const task: Task = {
  id: "p:check_it",
  atomId: "check_it",
  atom,
  plugin,
  project,
  context: { options: null, facts: null, project, upstream: [] },
  dependsOn: [],
};

const NO_MEMO: FileMemo = { get: () => undefined, set: () => undefined };

/** The digests of the files below `root`, as they are now. */
export function filesAt(root: string): FileDigests {
  return createFileDigests({ root, memo: NO_MEMO, now: Date.now });
}

/** The digests of a work tree that is just these texts by path. */
export function filesOf(texts: Readonly<Record<string, string>>): FileDigests {
  const mode = "100644";
  return {
    digest(path) {
      const text = texts[path];
      return ok(text === undefined ? undefined : { path, mode, sha256: digestOf(text) });
    },
    verify: () => [],
    refresh: () => undefined,
    looks: () => [],
  };
}

/** The fingerprint of a task that reads these sets of files. Throws what is wrong with them. */
export function fingerprintOf(
  files: FileDigests,
  sets: Readonly<Record<string, readonly RepoPath[]>>,
  more: Partial<FingerprintInput> = {},
): Fingerprint {
  const computed = createFingerprints(files).compute({
    task,
    sets: Object.entries(sets).map(([label, paths]) => inputSet(label, paths)),
    variables: {},
    tool: null,
    declared: {},
    platform: { os: "any", cpu: "any" },
    redaction: 1,
    neighbours: "",
    upstream: [],
    ...more,
  });
  if (!computed.ok) throw new Error(computed.error.map(({ message }) => message).join("\n"));
  return computed.value;
}

function inputSet(label: string, paths: readonly RepoPath[]): InputSet {
  const optional = label === "configuration";
  return { label, key: `${label}\0${paths.join("\0")}`, paths: () => paths, optional, matches: () => false };
}
