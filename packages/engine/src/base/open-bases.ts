import { tmpdir } from "node:os";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Lock } from "../cache/lock.ts";
import type { Variables } from "../fingerprint/variables.ts";
import { checkOutBase } from "../staged/check-out-base.ts";
import { listIgnored } from "../staged/ignored-files.ts";
import { movedVariables } from "../staged/moved-text.ts";
import type { Roots } from "../staged/node-modules.ts";
import { MAKE_ROOM, orRefused } from "../staged/or-refused.ts";
import { stagedPlace, type StagedPlace } from "../staged/staged-place.ts";
import { fetchMissing } from "../workspace/git/fetch-missing.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { movedEnvironments } from "../moved-environments.ts";
import { cacheDirectory, open, type Opened, type OpenRequest } from "../open.ts";
import { takeTurn } from "./take-turn.ts";

/** The commit that a change is compared with, checked out beside the work tree and open. */
export interface Base {
  readonly commit: string;
  readonly opened: Opened;
  readonly roots: Roots;
  /** Gives it the environments of the work tree, and the variables with which they are found. */
  environment(): Result<Variables, Diagnostic>;
}

/** What a base is opened with. */
export interface BaseRequest extends Omit<OpenRequest, "cwd" | "asked" | "config" | "baseline"> {
  readonly repository: Repository;
  readonly home: string;
  readonly cacheDir?: string;
  readonly signal: AbortSignal;
}

/** Opens bases, one at a time in a work tree: another process that has one open is waited for. */
export interface Bases {
  /** The base at this commit; that of the last call is kept. The configuration that it has is evaluated in a process of its own. */
  open(commit: string): Promise<Result<Base, readonly Diagnostic[]>>;
  /** Lets others have their turn. */
  close(): void;
}

/** Makes what opens the bases of a work tree. Nothing is looked at before one is asked for. */
export function createBases(request: BaseRequest): Bases {
  let lock: Lock | undefined;
  let last: { readonly commit: string; readonly base: Promise<Result<Base, readonly Diagnostic[]>> } | undefined;
  const openOne = async (commit: string): Promise<Result<Base, readonly Diagnostic[]>> => {
    const { repository, home, environment } = request;
    const place = attempt(() => ok(stagedPlace(repository, { home, temporary: tmpdir(), environment }, "base")));
    if (!place.ok) return fail([place.error]);
    lock ??= await takeTurn(place.value, "base", request.signal);
    return openAt(commit, place.value, request);
  };
  return {
    open: (commit) => {
      if (last?.commit !== commit) last = { commit, base: openOne(commit) };
      return last.base;
    },
    close: () => lock?.release(),
  };
}

async function openAt(
  commit: string,
  place: StagedPlace,
  request: BaseRequest,
): Promise<Result<Base, readonly Diagnostic[]>> {
  const { repository, environment, home, configFile, ...rest } = request;
  const fetched = fetchMissing(repository, commit, environment);
  if (!fetched.ok) return fail([fetched.error]);
  const roots = attempt(() => checkOutBase(repository, commit, { place, environment }));
  if (!roots.ok) return fail([roots.error]);
  const { from, to } = roots.value;
  const variables = movedVariables(environment, [[from, to]]);
  const named = configFile === undefined ? {} : { configFile: configFile.replaceAll(from, to) };
  const opened = await open({ ...rest, ...named, cwd: to, environment: variables, apart: true });
  if (!opened.ok) return opened;
  const config = opened.value.config;
  const cacheDir = cacheDirectory({ repository, config }, request.cacheDir);
  const environmentOf = (): Result<Variables, Diagnostic> =>
    attempt(() => {
      const ignored = listIgnored(repository);
      if (!ignored.ok) return ignored;
      const directories = ignored.value.folders.filter((path) => existsSync(join(from, path, "pyvenv.cfg")));
      const moving = { opened: opened.value, cacheDir, folder: place.environments, directories, environment, home };
      return ok(movedEnvironments(roots.value, moving));
    });
  return ok({ commit, opened: opened.value, roots: roots.value, environment: environmentOf });
}

/** What the file system refuses is an error with a name. */
function attempt<T>(act: () => Result<T, Diagnostic>): Result<T, Diagnostic> {
  return orRefused(act, (why) =>
    errorOf("SYM7023", `the base cannot be checked out beside the work tree: ${why}`, { hint: MAKE_ROOM }),
  );
}
