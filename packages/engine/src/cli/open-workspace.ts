import type { Diagnostic } from "../core/diagnostic.ts";
import { fail, ok, type Result } from "../core/result.ts";
import type { KeptResults } from "../snapshot/kept-results.ts";
import { askRepository } from "../ask-repository.ts";
import type { Opened } from "../open.ts";
import { finishWhatWasKilled } from "./finish-what-was-killed.ts";
import { watchVariables } from "./env.ts";
import { hashNodeAhead } from "./hash-node-ahead.ts";
import type { CliContext } from "./command.ts";
import type { Parsed } from "../plugin/command.ts";
import { demandOf } from "./demand-of.ts";

/** What a command that opens a repository will do with it. */
export interface OpenOptions {
  /** It compares with a base; without this where it is asked for `--affected`. */
  readonly compares?: boolean;
  /** It says which validators are added to what was asked for. */
  readonly explains?: boolean;
  /** It runs tasks, with tools. */
  readonly runs?: boolean;
  /** What an earlier run tells of this one, where only inputs changed since. */
  readonly kept?: KeptResults | undefined;
}

/** Opens the repository that a command was called in. Git is asked first, and answers while the rest is loaded. */
export async function openWorkspace(
  parsed: Parsed,
  context: CliContext,
  { compares = parsed.flags.has("affected"), explains = false, runs = false, kept }: OpenOptions = {},
): Promise<Result<Opened, readonly Diagnostic[]>> {
  const { cwd, environment, defaults, onDemand } = context;
  const place = { cwd, environment: environment.variables };
  const mayBeKnown = (): boolean => kept?.snapshot.shape !== undefined;
  const asked = askRepository({ ...place, mayBeKnown, compares: compares && !parsed.values.has("head") });
  if (!asked.ok) return fail([asked.error]);
  const hashed = runs ? hashNodeAhead(asked.value.repository, context) : undefined;
  const finished = await finishWhatWasKilled(asked.value.repository, context);
  if (!finished.ok) return finished;
  const configFile = parsed.values.get("config") ?? environment.settings.config;
  if (kept !== undefined) {
    const { openKnown } = await import("../open-known.ts");
    const known = await openKnown({ asked: asked.value, kept, defaults, onDemand, watchVariables });
    if (known !== undefined) return ok(known);
  }
  const { open } = await import("../open.ts");
  return open({
    ...place,
    asked: asked.value,
    hashed,
    defaults,
    onDemand,
    demand: demandOf(parsed, environment, { cwd, explains }),
    watchVariables,
    ...(configFile === undefined ? {} : { configFile }),
  });
}
