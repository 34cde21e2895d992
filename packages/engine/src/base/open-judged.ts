import { join } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import { loadConfig } from "../config/load.ts";
import { movedConfig } from "../staged/moved-config.ts";
import type { Roots } from "../staged/node-modules.ts";
import { detectBase, type Selection } from "../workspace/git/base.ts";
import type { Repository } from "../workspace/git/repository.ts";
import type { Base, Bases } from "./open-bases.ts";
import type { Compared } from "../compare.ts";
import { open, type Opened, type OpenRequest } from "../open.ts";

/** A repository whose change is judged by its base. */
export interface Judged {
  readonly opened: Opened;
  /** Absent where it cannot be opened, and where there is no commit to compare with. */
  readonly base?: Base;
  /** Why the base cannot judge; then nothing passes. */
  readonly held?: readonly Diagnostic[];
}

/** What is to be opened. */
export interface JudgedRequest extends OpenRequest {
  readonly repository: Repository;
  /** The commit before judges too what is on the base branch already. */
  readonly judgesMerged: boolean;
}

/**
 * Opens a repository with the configuration and the baseline of the commit that it is compared with: those of the change are
 * neither read nor run, so that a change cannot say by what it is judged.
 */
export async function openJudged(
  request: JudgedRequest,
  compared: Compared,
  bases: Bases,
): Promise<Result<Judged, readonly Diagnostic[]>> {
  const base = await baseOf(request, compared, bases);
  if (!base.ok) return heldBy(base.error, request);
  if (base.value === undefined) {
    const opened = await open(request);
    return opened.ok ? ok({ opened: opened.value }) : opened;
  }
  const { config, texts } = {
    config: movedConfig(base.value.opened.config, back(base.value.roots)),
    texts: base.value.opened.texts,
  };
  const opened = await open({ ...request, config, baseline: texts });
  return opened.ok ? ok({ opened: opened.value, base: base.value }) : opened;
}

/** The base that is detected; the configuration there may name another one. */
async function baseOf(
  { repository, environment, judgesMerged }: JudgedRequest,
  { base, head }: Compared,
  bases: Bases,
): Promise<Result<Base | undefined, readonly Diagnostic[]>> {
  const detect = (configured: string | undefined): ReturnType<typeof detectBase> =>
    detectBase(repository, {
      env: environment,
      ...(base === undefined ? {} : { base }),
      ...(head === undefined ? {} : { head }),
      ...(configured === undefined ? {} : { configured }),
    });
  const first = detect(undefined);
  if (!first.ok) return fail([first.error]);
  const judges = ({ commit, isMerged }: Selection): boolean =>
    (judgesMerged || isMerged !== true) && isCommit(repository, commit);
  if (!judges(first.value)) return ok(undefined);
  const opened = await bases.open(first.value.commit);
  if (!opened.ok) return opened;
  const configured = opened.value.opened.config.settings.base;
  const second = configured === undefined ? first : detect(configured);
  if (!second.ok) return fail([second.error]);
  return judges(second.value) ? bases.open(second.value.commit) : ok(undefined);
}

/** Before the first commit the base is a tree without files. */
function isCommit({ git }: Repository, commit: string): boolean {
  const type = git(["cat-file", "-t", commit]);
  return type.ok && type.value.stdout.toString("utf8").trim() === "commit";
}

/** From the base's tree to the work tree. */
function back({ from, to }: Roots): Roots {
  return { from: to, to: from };
}

/**
 * Without a base to judge by everything runs as without a configuration, and no gate passes. What is asked for and known only
 * from a configuration cannot run: then what is wrong with the base is the error.
 */
async function heldBy(
  problems: readonly Diagnostic[],
  request: JudgedRequest,
): Promise<Result<Judged, readonly Diagnostic[]>> {
  const config = await loadConfig({ root: join(request.repository.gitDir, "nothing"), defaults: request.defaults });
  if (!config.ok) return config;
  const opened = await open({ ...request, config: config.value });
  if (!opened.ok) return opened;
  const { index } = opened.value;
  const isKnown = (name: string): boolean =>
    index.targets.has(name) || index.find(name.replace(/^.*:/, "")) !== undefined;
  const names = request.demand?.names ?? [];
  if (!names.every(isKnown))
    return fail(problems.map((each) => ({ ...each, message: `the base cannot judge: ${each.message}` })));
  return ok({ opened: opened.value, held: problems });
}
