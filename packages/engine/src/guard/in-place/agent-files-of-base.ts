import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { ok, type Result } from "../../core/result.ts";
import { records } from "../../workspace/git/records.ts";
import { gitOutput, type Repository } from "../../workspace/git/repository.ts";
import { configuresAgents } from "../scratch/kept-apart.ts";
import type { TreeGit, TreeId } from "../scratch/tree-git.ts";

const LIST = ["ls-tree", "-r", "-z", "--full-tree"];

/** The modes and contents of a tree of git, by path, as git names them: `100644 blob <id>`. */
export function entriesOf(git: Pick<TreeGit, "run">, tree: TreeId): Result<ReadonlyMap<RepoPath, string>, Diagnostic> {
  const listed = git.run([...LIST, tree]);
  return listed.ok ? ok(entriesIn(listed.value)) : listed;
}

/** A file that tells agents what to do and is not what the base has; undefined where all are. */
export function foreignAgentFile(
  entries: ReadonlyMap<RepoPath, string>,
  { repository, base }: { readonly repository: Repository; readonly base: string | null },
): Result<RepoPath | undefined, Diagnostic> {
  const listed = base === null ? ok(Buffer.alloc(0)) : gitOutput(repository, [...LIST, base]);
  if (!listed.ok) return listed;
  const based = entriesIn(listed.value);
  const paths = [...new Set([...entries.keys(), ...based.keys()])].filter(configuresAgents);
  return ok(paths.find((path) => entries.get(path) !== based.get(path)));
}

function entriesIn(answer: Buffer): ReadonlyMap<RepoPath, string> {
  return new Map(
    records(answer).map((line) => {
      const tab = line.indexOf("\t");
      return [line.slice(tab + 1), line.slice(0, tab)];
    }),
  );
}
