import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { errorOf, type Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { Lock } from "../cache/lock.ts";
import type { Variables } from "../fingerprint/variables.ts";
import type { AlteredPart } from "../gate/kept/quality-settings.ts";
import { copyWorkTree } from "../staged/copy-work-tree.ts";
import { movedConfig } from "../staged/moved-config.ts";
import { movedVariables } from "../staged/moved-text.ts";
import type { Roots } from "../staged/node-modules.ts";
import { MAKE_ROOM, orRefused } from "../staged/or-refused.ts";
import { stagedPlace, type StagedPlace } from "../staged/staged-place.ts";
import type { Repository } from "../workspace/git/repository.ts";
import { movedEnvironments } from "../moved-environments.ts";
import { cacheDirectory, open, type Opened, type OpenRequest } from "../open.ts";
import type { Base } from "./open-bases.ts";
import { takeTurn } from "./take-turn.ts";

/** The work tree once more, with settings of some tools as they are at the base. */
export interface JudgedTree {
  readonly opened: Opened;
  readonly roots: Roots;
  /** With these its tasks run. */
  readonly environment: Variables;
}

/** What such trees are made with, beside what is put back. */
export interface JudgedTreesRequest extends Omit<OpenRequest, "asked" | "config" | "baseline" | "configFile"> {
  readonly repository: Repository;
  readonly home: string;
  readonly cacheDir?: string;
  readonly signal: AbortSignal;
  readonly base: Base;
}

/** Makes trees beside a work tree, each in a place of its own. */
export interface JudgedTrees {
  /** `name` tells its place; what was there is used again. The work tree is not touched. */
  make(name: string, parts: readonly AlteredPart[]): Promise<Result<JudgedTree, readonly Diagnostic[]>>;
  /** Lets others have their turn. */
  close(): void;
}

/** Makes what makes the trees of a work tree. Nothing is looked at before one is asked for. */
export function createJudgedTrees(request: JudgedTreesRequest): JudgedTrees {
  const locks: Lock[] = [];
  return {
    async make(name, parts) {
      const { repository, home, environment } = request;
      const { root, gitDir } = repository;
      const user = { home, temporary: tmpdir(), environment };
      const place = attempt(() => ok(stagedPlace({ root, gitDir: `${gitDir}\0${name}` }, user, "judged")));
      if (!place.ok) return fail([place.error]);
      locks.push(await takeTurn(place.value, "judged", request.signal));
      return makeOne(parts, place.value, request);
    },
    close: () => {
      for (const lock of locks) lock.release();
    },
  };
}

async function makeOne(
  parts: readonly AlteredPart[],
  place: StagedPlace,
  request: JudgedTreesRequest,
): Promise<Result<JudgedTree, readonly Diagnostic[]>> {
  const { repository, environment, home, base, cacheDir, cwd, ...rest } = request;
  const copied = attempt(() => copyWorkTree(repository, place));
  if (!copied.ok) return fail([copied.error]);
  const { roots, environments } = copied.value;
  const moves = [[roots.from, roots.to]] as const;
  const { putBack } = await import("./put-back.ts");
  const left = attempt(() => putBack(parts, { from: base.roots.to, to: roots.to }));
  if (!left.ok) return fail([left.error]);
  const folder = join(roots.to, relative(roots.from, cwd));
  const opened = await open({
    ...{ ...rest, cwd: existsSync(folder) ? folder : roots.to, environment: movedVariables(environment, moves) },
    ...{ config: movedConfig(base.opened.config, { from: base.roots.to, to: roots.to }), baseline: base.opened.texts },
  });
  if (!opened.ok) return opened;
  const caches = cacheDirectory({ repository, config: opened.value.config }, cacheDir);
  const moving = { opened: opened.value, cacheDir: caches, folder: place.environments, directories: environments };
  const variables = attempt(() => ok(movedEnvironments(roots, { ...moving, environment, home })));
  return variables.ok ? ok({ opened: opened.value, roots, environment: variables.value }) : fail([variables.error]);
}

/** What the file system refuses is an error with a name. */
function attempt<T>(act: () => Result<T, Diagnostic>): Result<T, Diagnostic> {
  return orRefused(act, (why) =>
    errorOf("SYM7571", `a copy of the work tree with the base's settings cannot be made: ${why}`, { hint: MAKE_ROOM }),
  );
}
