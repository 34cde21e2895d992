import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { absolutePath, isInside, joinRepo, parentOf, type RepoPath } from "../core/path.ts";
import type { Variables } from "../fingerprint/variables.ts";
import { linkNodeModules } from "../staged/node-modules.ts";
import { makePythonEnvironments } from "../staged/python-environments.ts";
import { createCopier } from "./copier.ts";
import type { Subject } from "./subject.ts";
import type { VerifyHost } from "./verify-host.ts";

/**
 * Makes the tree that a task will see: these paths of the repository, the outputs of the tasks before it, what its tools need,
 * room for what it makes, and a repository of git without anything in it, so that tools which look for one go no further up.
 * Gives the environment with which its tools are found. Throws what the file system throws.
 */
export function makeTree(subject: Subject, paths: readonly RepoPath[], host: VerifyHost): Variables {
  const { tree } = host.place;
  rmSync(tree, { recursive: true, force: true, maxRetries: 5 });
  for (const folder of [".git/objects", ".git/refs/heads", ".symbiotic"])
    mkdirSync(absolutePath(tree, folder), { recursive: true });
  writeFileSync(absolutePath(tree, ".git/HEAD"), "ref: refs/heads/main\n");
  const variables = subject.isolation === "copied" ? copyEnvironments(subject, host) : makeRoom(subject, host);
  copyInputs(subject, paths, host);
  for (const path of [...subject.owned, ...subject.scratch])
    mkdirSync(absolutePath(tree, parentOf(path)), { recursive: true });
  const { command, context } = subject.prepared;
  mkdirSync(absolutePath(tree, command?.cwd ?? context.project.root), { recursive: true });
  return variables;
}

/** What lies in a place of the task's own is not copied: it begins without. */
function copyInputs(subject: Subject, paths: readonly RepoPath[], { root, place: { tree, made } }: VerifyHost): void {
  const { upstream, isOwn } = subject;
  const declared = new Set(subject.declared);
  const isMade = (path: RepoPath): boolean => upstream.some((folder) => isInside(folder, path));
  const inputs = createCopier({ from: root, to: tree }, (path) => isMade(path) || (isOwn(path) && !declared.has(path)));
  for (const path of paths) inputs.copy(path);
  const outputs = createCopier({ from: made, to: tree });
  for (const path of upstream) outputs.copy(path);
}

/** Packages and environments as they are, but that what leads to the repository's sources leads to the tree's. */
function copyEnvironments({ environments: { folders, candidates } }: Subject, host: VerifyHost): Variables {
  const roots = { from: host.root, to: host.place.tree };
  linkNodeModules(
    folders.map((folder) => joinRepo(folder, "package.json")),
    roots,
  );
  for (const each of folders) host.installed.relink(joinRepo(each, "node_modules"));
  const folder = host.place.environments;
  return makePythonEnvironments({ roots, candidates, directories: [], host: host.tools, memo: host.memo, folder });
}

/** Empty folders, over which the real ones are laid. */
function makeRoom({ environments: { installed } }: Subject, { place: { tree }, environment }: VerifyHost): Variables {
  for (const path of installed) mkdirSync(absolutePath(tree, path), { recursive: true });
  return environment;
}
