import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Commit, CommitRequest } from "../../../packages/engine/src/commit/commit-request.ts";
import { commitPaths } from "../../../packages/engine/src/commit/commit-paths.ts";
import { pushBranch } from "../../../packages/engine/src/commit/push-branch.ts";
import type { Pushed, PushRequest } from "../../../packages/engine/src/commit/push-request.ts";
import { createProcessGroups } from "../../../packages/engine/src/execute/process-groups.ts";
import { createRedactor } from "../../../packages/engine/src/redact/redact.ts";
import type { Diagnostic, Result } from "@symbiotic-build/engine";
import { createRepository, type Files, type TestRepository } from "../repository.ts";

/** A repository in which commits are made as workflows make them. */
export interface CommitRig extends AsyncDisposable {
  readonly repository: TestRepository;
  commit(paths: readonly string[], more?: Partial<CommitRequest>): Promise<Result<Commit, readonly Diagnostic[]>>;
  push(branch: string, more?: Partial<PushRequest>): Promise<Result<Pushed, Diagnostic>>;
  /** Makes a hook of a line of a shell. */
  hook(name: string, line: string): void;
  /** The files of a commit, each with what happened to it. */
  changed(commit?: string): string;
  /** Makes a bare repository and the remote `origin` of it; where it lies. */
  remote(): string;
}

/** The codes of what was refused, with the file that each is about. */
export function told(result: Result<unknown, readonly Diagnostic[]>): readonly string[] {
  if (result.ok) return [];
  return result.error.map(({ code, location }) => [code, location?.file, location?.line].filter(Boolean).join(" "));
}

/** Makes it. */
export function commitRig(files: Files): CommitRig {
  const repository = createRepository(files);
  const groups = createProcessGroups();
  const { root, env: environment } = repository;
  const redactor = createRedactor({ secretValues: ["known-secret-value"] });
  const common = { root, environment, redactor, groups };
  return {
    repository,
    commit: (paths, more = {}) => commitPaths({ ...common, branch: "main", message: "Change it", paths, ...more }),
    push: (branch, more = {}) => pushBranch({ ...common, remote: "origin", branch, timeoutMs: 60_000, ...more }),
    hook(name, line) {
      mkdirSync(join(root, ".git/hooks"), { recursive: true });
      writeFileSync(join(root, ".git/hooks", name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
    },
    changed: (commit = "HEAD") => repository.git("show", "--format=", "--name-status", "--no-renames", commit),
    remote() {
      const place = join(repository.home, "..", "remote.git");
      repository.git("init", "--quiet", "--bare", place);
      repository.git("remote", "add", "origin", place);
      return place;
    },
    async [Symbol.asyncDispose]() {
      await groups.terminateAll();
      groups.close();
      repository[Symbol.dispose]();
    },
  };
}
