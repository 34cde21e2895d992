import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { openLocks, type Lock } from "../../cache/lock.ts";
import { movedEnvironments } from "../../moved-environments.ts";
import { cacheDirectory } from "../../open.ts";
import { formatDiagnostic } from "../../report/diagnostic.ts";
import type { RunRequest } from "../../request.ts";
import { movedText, movedVariables } from "../../staged/moved-text.ts";
import { stage, type Staged } from "../../staged/stage.ts";
import { MAKE_ROOM, orRefused } from "../../staged/or-refused.ts";
import { stagedPlace, type StagedPlace } from "../../staged/staged-place.ts";
import { openRepository, type Repository } from "../../workspace/git/repository.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { runOpened } from "../run-opened.ts";

/** A run of what is staged. */
export interface StagedRun extends Pick<RunRequest, "resume"> {
  readonly parsed: Parsed;
  readonly context: CliContext;
}

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

/** `run --staged`: carries out a run on what will be committed, in a checkout of its own, and tells of it as of the work tree. */
export async function runStaged(run: StagedRun): Output {
  const { context } = run;
  const { environment, cwd } = context;
  const repository = openRepository(cwd, environment.variables);
  if (!repository.ok) return fail([repository.error]);
  const user = { home: environment.home, temporary: tmpdir(), environment: environment.variables };
  const place = attempt(() => ok(stagedPlace(repository.value, user)));
  if (!place.ok) return fail([place.error]);
  const lock = await takeTurn(place.value, context);
  try {
    const staged = attempt(() => stage(repository.value, place.value, environment.variables));
    if (!staged.ok) return fail([staged.error]);
    if (staged.value === undefined)
      return ok({ exitCode: 0, text: "nothing is staged", json: { nothing: "nothing is staged" } });
    return await runIn(staged.value, { repository: repository.value, place: place.value, run });
  } finally {
    lock.release();
  }
}

/** Two hooks at once would check out into one folder. */
export async function takeTurn({ locks: folder }: StagedPlace, { signal, write }: CliContext): Promise<Lock> {
  const locks = openLocks(folder);
  for (let isFirst = true; ; isFirst = false) {
    const lock = locks.acquire("staged");
    if (lock.acquired) return lock;
    if (isFirst) write("stderr", `waiting for process ${String(lock.heldBy.pid)}, which runs on what is staged here\n`);
    await locks.waitFor("staged", signal);
  }
}

interface Place {
  readonly repository: Repository;
  readonly place: StagedPlace;
  readonly run: StagedRun;
}

async function runIn(staged: Staged, { repository, place, run }: Place): Output {
  const { parsed: given, context, resume } = run;
  const parsed = withConfig(given, staged, context.cwd);
  const inside = contextIn(staged, context);
  for (const problem of staged.problems)
    context.write("stderr", `${formatDiagnostic(problem, { colour: context.terminal.colour })}\n`);
  const opened = await openWorkspace(parsed, inside);
  if (!opened.ok) return opened;
  const cacheDir = cacheDirectory(
    { repository: { ...opened.value.repository, root: repository.root }, config: opened.value.config },
    context.environment.settings.cacheDir,
  );
  const variables = attempt(() =>
    ok(
      movedEnvironments(staged.roots, {
        ...{ opened: opened.value, cacheDir, folder: place.environments, directories: staged.environments },
        ...{ environment: context.environment.variables, home: context.environment.home },
      }),
    ),
  );
  if (!variables.ok) return fail([variables.error]);
  const { settings } = inside.environment;
  return runOpened({
    opened: opened.value,
    parsed,
    context: {
      ...inside,
      environment: { ...inside.environment, variables: variables.value, settings: { ...settings, cacheDir } },
    },
    changed: staged.changes,
    ...(resume === undefined ? {} : { resume }),
  });
}

/** The same call in the same folder of the checkout, whose output names the places of the work tree. */
export function contextIn({ roots: { from, to } }: Staged, context: CliContext): CliContext {
  const { environment, write } = context;
  const folder = join(to, relative(from, realpathSync.native(context.cwd)));
  const { config } = environment.settings;
  return {
    ...context,
    cwd: existsSync(folder) ? folder : to,
    environment: {
      ...environment,
      variables: movedVariables(environment.variables, [[from, to]]),
      settings: {
        ...environment.settings,
        ...(config === undefined ? {} : { config: movedText(resolve(context.cwd, config), [[from, to]]) }),
      },
    },
    write: (stream, text) => {
      write(stream, movedText(text, [[to, from]]));
    },
  };
}

/** A configuration that is named by its place in the work tree is the staged one. */
export function withConfig(parsed: Parsed, { roots: { from, to } }: Staged, cwd: string): Parsed {
  const named = parsed.values.get("config");
  if (named === undefined) return parsed;
  return { ...parsed, values: new Map([...parsed.values, ["config", movedText(resolve(cwd, named), [[from, to]])]]) };
}

/** What the file system refuses is an error with a name. */
export function attempt<T>(act: () => Result<T, Diagnostic>): Result<T, Diagnostic> {
  return orRefused(act, (why) =>
    errorOf("SYM7021", `what is staged cannot be checked out beside the work tree: ${why}`, { hint: MAKE_ROOM }),
  );
}
