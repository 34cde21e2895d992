import { realpathSync } from "node:fs";
import type { RepoPath } from "../../src/core/path.ts";
import { createFingerprints } from "../../src/fingerprint/compute.ts";
import { createFileDigests, type FileDigests } from "../../src/fingerprint/files/file-digests.ts";
import type { InputSet } from "../../src/graph/input-set.ts";
import { inputSets } from "../../src/graph/inputs.ts";
import type { Task } from "../../src/graph/task.ts";
import type { Inputs } from "../../src/plugin/atom.ts";
import { unwrap } from "../../src/testing/unwrap.ts";
import { createDetours } from "../../src/workspace/detours.ts";
import { listWorkTree } from "../../src/workspace/git/list-files.ts";
import { openRepository } from "../../src/workspace/git/repository.ts";
import { listSubmodule } from "../../src/workspace/git/submodule.ts";
import { createWorkspace, type Workspace } from "../../src/workspace/workspace.ts";
import { sampleAtom, sampleTask } from "../support/sample-tasks.ts";
import type { TestRepository } from "../support/test-repository.ts";

/** What the engine makes of one project's inputs, looked at anew. */
export interface Seen {
  readonly key: string;
  readonly sets: readonly InputSet[];
  readonly digests: FileDigests;
  /** Every path in the key, sorted. */
  readonly paths: readonly RepoPath[];
  readonly uncacheable: readonly string[];
  /** Whether a change of this path affects the task. */
  readonly isAffectedBy: (path: RepoPath) => boolean;
}

/** Looks at the project in the folder `root` of a repository whose other projects lie in `others`. */
export function look(
  repository: TestRepository,
  root: RepoPath,
  inputs: Inputs,
  others: readonly RepoPath[] = [],
): Seen {
  const workspace = workspaceOf(repository, [root, ...others]);
  const project = unwrap(found(workspace.project(root)), "the project");
  const sample = sampleTask(`${root}:check`);
  const task: Task = {
    ...sample,
    atom: sampleAtom({ inputs: () => inputs }),
    project,
    context: { ...sample.context, project, upstream: [] },
  };
  const sets = inputSets(task, workspace);
  const top = realpathSync(repository.root);
  const memo = { get: () => undefined, set: () => undefined };
  const digests = createFileDigests({
    root: top,
    memo,
    now: Date.now,
    listSubmodule: (path) => listSubmodule(top, repository.env, path),
  });
  const more = {
    variables: {},
    tool: null,
    declared: inputs,
    platform: { os: "", cpu: "" },
    neighbours: "",
    redaction: 1,
    upstream: [],
  };
  const fingerprint = unwrap(createFingerprints(digests).compute({ task, sets, ...more }), "the key");
  return {
    key: fingerprint.key,
    sets,
    digests,
    paths: [...fingerprint.paths()].sort(),
    uncacheable: sets.flatMap(({ uncacheable }) => uncacheable ?? []),
    isAffectedBy: (path) => sets.some((set) => set.matches(path)),
  };
}

function workspaceOf({ root, env }: TestRepository, projects: readonly RepoPath[]): Workspace {
  const repository = unwrap(openRepository(root, env), "git");
  const tree = unwrap(listWorkTree(repository), "git");
  const files = tree.files.map(({ path }) => path);
  const links = tree.files.flatMap(({ path, isLink }) => (isLink ? [path] : []));
  const detours = createDetours({ root: repository.root, files, links, submodules: tree.submodules });
  return createWorkspace(
    projects.map((folder) => ({
      name: folder,
      root: folder,
      manifests: [],
      dependsOn: [],
      tags: [],
      environments: [],
    })),
    files,
    detours,
  );
}

function found<T>(value: T | undefined): { readonly ok: true; readonly value: T } {
  if (value === undefined) throw new Error("it is not there");
  return { ok: true, value };
}
