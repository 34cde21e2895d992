import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { RepoPath } from "../../core/path.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { cacheDirectory, type Opened } from "../../open.ts";
import type { KnownChange } from "../../plan.ts";
import { copyAgain, copyWorkTree } from "../../staged/copy-work-tree.ts";
import { movedText } from "../../staged/moved-text.ts";
import { stage, type Staged } from "../../staged/stage.ts";
import { stagedPlace, type StagedPlace } from "../../staged/staged-place.ts";
import type { Repository } from "../../workspace/git/repository.ts";
import { gitOutput } from "../../workspace/git/repository.ts";
import type { CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { movedEnvironments } from "../../moved-environments.ts";
import { attempt, contextIn, withConfig } from "../staged/run-staged.ts";

/** The copy of a repository in which tools mend, and the command line as it is for it. */
export interface FixTree {
  /** The user's. */
  readonly repository: Repository;
  /** Absolute folder of the copy. */
  readonly folder: string;
  /** What is staged, where that is what is mended. */
  readonly changed?: KnownChange;
  /** Opens the copy as it is now. */
  open(): Promise<Result<OpenedTree, readonly Diagnostic[]>>;
  /** Gives a file of the copy back what it had before anything was mended. */
  restore(path: RepoPath): void;
}

/** A copy that is open. */
export interface OpenedTree {
  readonly opened: Opened;
  readonly parsed: Parsed;
  /** Names of places in what it writes are those of the user's tree. */
  readonly context: CliContext;
}

/** The folders for the copy: others than those of `run --staged`, which may be at work. */
export function fixPlace(repository: Repository, { environment }: CliContext): Result<StagedPlace, Diagnostic> {
  const user = { home: environment.home, temporary: tmpdir(), environment: environment.variables };
  const { root, gitDir } = repository;
  return attempt(() => ok(stagedPlace({ root, gitDir: `${gitDir}\0fix` }, user)));
}

/** Copies the work tree, or checks out what is staged; undefined where nothing is staged. The user's tree is not touched. */
export function makeFixTree(
  repository: Repository,
  place: StagedPlace,
  { parsed, context }: { readonly parsed: Parsed; readonly context: CliContext },
): Result<FixTree | undefined, Diagnostic> {
  const { variables } = context.environment;
  const isStaged = parsed.flags.has("staged");
  const made = attempt(
    (): Result<Copied | undefined, Diagnostic> =>
      isStaged ? stage(repository, place, variables) : copyWorkTree(repository, place),
  );
  if (!made.ok) return made;
  const staged = made.value;
  if (staged === undefined) return ok(undefined);
  return ok({
    repository,
    folder: place.tree,
    ...(staged.changes === undefined ? {} : { changed: staged.changes }),
    open: () => openCopy(staged, { repository, place, parsed, context }),
    restore: (path) => {
      if (isStaged) checkOutAgain(repository, place, path);
      else copyAgain(path, { from: repository.root, to: place.tree });
    },
  });
}

type Copied = Omit<Staged, "changes"> & Partial<Pick<Staged, "changes">>;

async function openCopy(
  copied: Copied,
  {
    repository,
    place,
    parsed: given,
    context,
  }: {
    readonly repository: Repository;
    readonly place: StagedPlace;
    readonly parsed: Parsed;
    readonly context: CliContext;
  },
): Promise<Result<OpenedTree, readonly Diagnostic[]>> {
  const staged: Staged = { ...copied, changes: copied.changes ?? NO_CHANGES };
  const parsed = withFiles(withConfig(given, staged, context.cwd), staged, context.cwd);
  const inside = contextIn(staged, context);
  const opened = await openWorkspace(parsed, inside);
  if (!opened.ok) return opened;
  const cacheDir = cacheDirectory(
    { repository: { ...opened.value.repository, root: repository.root }, config: opened.value.config },
    context.environment.settings.cacheDir,
  );
  const { variables: environmentVariables, home } = context.environment;
  const making = {
    ...{ opened: opened.value, cacheDir, folder: place.environments, directories: staged.environments },
    ...{ environment: environmentVariables, home },
  };
  const variables = attempt(() => ok(movedEnvironments(staged.roots, making)));
  if (!variables.ok) return fail([variables.error]);
  const settings = { ...inside.environment.settings, cacheDir };
  const environment = { ...inside.environment, variables: variables.value, settings };
  return ok({ opened: opened.value, parsed, context: { ...inside, environment } });
}

const NO_CHANGES: Staged["changes"] = {
  comparison: { base: "HEAD", commit: "", reason: "", changedFiles: 0 },
  files: [],
  upTo: null,
};

/** Files that are named by their places in the work tree are those of the copy. */
function withFiles(parsed: Parsed, { roots: { from, to } }: Pick<Staged, "roots">, cwd: string): Parsed {
  const named = parsed.lists.get("files");
  if (named === undefined) return parsed;
  const moved = named.map((path) => movedText(resolve(cwd, path), [[from, to]]));
  return { ...parsed, lists: new Map([...parsed.lists, ["files", moved]]) };
}

function checkOutAgain(repository: Repository, { gitDirectory, tree }: StagedPlace, path: RepoPath): void {
  rmSync(join(tree, path), { force: true });
  const own = [`--git-dir=${gitDirectory}`, `--work-tree=${tree}`, "-C", tree];
  // A file that was made anew is in no index, and stays away.
  gitOutput(repository, [...own, "--literal-pathspecs", "checkout-index", "--force", "--", path]);
}
