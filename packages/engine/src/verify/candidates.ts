import { existsSync } from "node:fs";
import { basename } from "node:path";
import { byCodeUnit } from "../core/json.ts";
import { absolutePath, ancestors, isInside, parentOf, type RepoPath } from "../core/path.ts";
import { countFiles } from "./count-files.ts";
import type { Subject } from "./subject.ts";
import type { VerifyHost } from "./verify-host.ts";

/** Something in the repository that a task does not declare: a file, or a folder that git ignores wholly. */
export interface Candidate {
  readonly path: RepoPath;
  readonly files: number;
  readonly ignored: boolean;
}

/** What a task may have read beside what it declares. */
export interface Candidates {
  /** Nearest first: of its project, of those upstream, of others; then what git ignores. */
  readonly items: readonly Candidate[];
  /** What is too large to be copied. */
  readonly passedOver: readonly RepoPath[];
}

/** Of an ignored folder no more is copied. */
const MOST = { files: 5000, bytes: 256 * 1024 * 1024 };
/** Installed things of other projects, and what tools keep for themselves. */
const PASSED_OVER = new Set(["node_modules", "__pycache__", ".DS_Store"]);

/** Lists what a task may have read and does not declare. */
export function candidatesOf(subject: Subject, host: VerifyHost): Candidates {
  const { workspace, root } = host;
  const declared = new Set(subject.declared);
  const isOpen = (path: RepoPath): boolean =>
    !declared.has(path) && !subject.isOwn(path) && !subject.upstream.some((folder) => isInside(folder, path));
  const listed = workspace.files.filter(isOpen).map((path) => ({ path, files: 1, ignored: false }));
  const passedOver: RepoPath[] = [];
  const ignored = host.ignored().flatMap((path): Candidate[] => {
    if (!isOpen(path) || isInstalled(root, path)) return [];
    const files = countFiles(root, path, MOST);
    if (files === undefined) passedOver.push(path);
    return files === undefined || files === 0 ? [] : [{ path, files, ignored: true }];
  });
  const near = nearness(subject, host);
  const sorted = [...listed, ...ignored]
    .map((each) => ({ each, rank: near(each) }))
    .sort((a, b) => a.rank - b.rank || byCodeUnit(a.each.path, b.each.path));
  return { items: sorted.map(({ each }) => each), passedOver };
}

/** Candidates that lie in one folder, as one to try; of several folders in the order in which their first ones come. */
export function byFolder(candidates: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const groups = new Map<string, Candidate[]>();
  for (const each of candidates) {
    const key = each.ignored ? each.path : `${parentOf(each.path)}/`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}

function nearness({ task }: Subject, { workspace }: VerifyHost): (candidate: Candidate) => number {
  const upstream = new Set(workspace.upstream(task.project).map(({ name }) => name));
  return ({ path, ignored }) => {
    const owner = workspace.owner(path)?.name;
    const rank = owner === task.project.name ? 0 : owner !== undefined && upstream.has(owner) ? 1 : 2;
    return rank + (ignored ? 3 : 0);
  };
}

function isInstalled(root: string, path: RepoPath): boolean {
  if (ancestors(path).some((each) => PASSED_OVER.has(basename(each)))) return true;
  return existsSync(absolutePath(root, `${path}/pyvenv.cfg`));
}
