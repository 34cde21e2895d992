import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import { openRepository, type Repository } from "../../workspace/git/repository.ts";
import type { StagedPlace } from "../../staged/staged-place.ts";
import type { CliContext, CliOutput } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { finishWhatWasKilled } from "../finish-what-was-killed.ts";
import { takeTurn } from "../staged/run-staged.ts";
import { applyToIndex, foreignIndex } from "./apply-to-index.ts";
import { applyToWorkTree, type Writing } from "./apply-to-work-tree.ts";
import { fixJson, fixText } from "./fix-output.ts";
import { fixRounds, type Fixed } from "./fix-rounds.ts";
import { fixPlace, makeFixTree, type FixTree } from "./fix-tree.ts";
import { unifiedDiff } from "./unified-diff.ts";

type Output = Promise<Result<CliOutput, readonly Diagnostic[]>>;

const ROUNDS = 3;

/** `symbiotic fix`: mends a copy of the tree, checks it, and writes what is different to the user's tree. */
export async function fixRepository(parsed: Parsed, context: CliContext): Output {
  const { environment, cwd } = context;
  if (environment.ci && !parsed.flags.has("dry-run")) return fail([notInCi()]);
  const repository = openRepository(cwd, environment.variables);
  if (!repository.ok) return fail([repository.error]);
  const finished = await finishWhatWasKilled(repository.value, context);
  if (!finished.ok) return finished;
  const foreign = parsed.flags.has("staged") ? foreignIndex(repository.value, environment.variables) : undefined;
  if (foreign !== undefined) return fail([foreign]);
  const place = fixPlace(repository.value, context);
  if (!place.ok) return fail([place.error]);
  const lock = await takeTurn(place.value, context);
  try {
    return await fixIn(repository.value, place.value, { parsed, context });
  } finally {
    lock.release();
  }
}

interface Call {
  readonly parsed: Parsed;
  readonly context: CliContext;
}

async function fixIn(repository: Repository, place: StagedPlace, call: Call): Output {
  const { parsed, context } = call;
  const begin = context.now();
  const tree = makeFixTree(repository, place, call);
  if (!tree.ok) return fail([tree.error]);
  if (tree.value === undefined)
    return ok({ exitCode: EXIT.passed, text: "nothing is staged", json: { nothing: "nothing is staged" } });
  const opened = await tree.value.open();
  if (!opened.ok) return opened;
  const most = Number(parsed.values.get("rounds") ?? ROUNDS);
  const fixed = await fixRounds(tree.value, opened.value, most);
  if (!fixed.ok) return fixed;
  // What was interrupted is not whole, and is written nowhere.
  if (context.signal.aborted) return ok({ exitCode: EXIT.interrupted });
  return finish(fixed.value, { tree: tree.value, place, call, begin });
}

interface Ending {
  readonly tree: FixTree;
  readonly place: StagedPlace;
  readonly call: Call;
  readonly begin: number;
}

async function finish(fixed: Fixed, { tree, place, call: { parsed, context }, begin }: Ending): Output {
  const { files, left, unfinished, steps, run } = fixed;
  const { variables } = context.environment;
  const isDry = parsed.flags.has("dry-run");
  const isStaged = parsed.flags.has("staged");
  const patch = unifiedDiff(files, variables, false);
  if (!patch.ok) return fail([patch.error]);
  const name = run === "" ? "fix" : run;
  const kept = isDry || files.length === 0 ? undefined : keepPatch(tree.repository.root, name, patch.value);
  const writing = { files, name: `fix-${name}`, signal: context.signal };
  const written = isDry
    ? ok({ apart: [] })
    : isStaged
      ? await applyToIndex({ ...writing, repository: tree.repository, copy: place.gitDirectory })
      : await applied(tree.repository.root, writing);
  if (!written.ok) return fail([written.error]);
  const colour = context.terminal.colour && !parsed.flags.has("json");
  const shown = colour ? unifiedDiff(files, variables, true) : patch;
  const isWhole = left.length === 0 && unfinished.length === 0 && steps.every(({ problem }) => problem === undefined);
  const told = {
    ...fixed,
    kind: isDry ? ("dry-run" as const) : ("written" as const),
    ...{ isStaged, colour, apart: written.value.apart },
    ...(kept === undefined ? {} : { patch: kept }),
    diff: (shown.ok ? shown.value : patch.value).toString("utf8"),
    durationMs: context.now() - begin,
    exitCode: isWhole ? EXIT.passed : EXIT.failed,
  };
  return ok({ exitCode: told.exitCode, text: fixText(told), json: fixJson(told) });
}

async function applied(
  root: string,
  writing: Omit<Writing, "root">,
): Promise<Result<{ readonly apart: readonly string[] }, Diagnostic>> {
  const written = await applyToWorkTree({ root, ...writing });
  return written.ok ? ok({ apart: [] }) : written;
}

/** The difference lies with the run that found that nothing more can be mended. */
function keepPatch(root: string, run: string, patch: Buffer): string | undefined {
  const path = `.symbiotic/runs/${run}/fix.patch`;
  try {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), patch);
    return path;
  } catch {
    return undefined;
  }
}

/** Nothing changes sources in CI. */
export function notInCi(): Diagnostic {
  return errorOf("SYM2080", "`symbiotic fix` changes sources, and nothing does that in CI", {
    hint: "run it where you work; `symbiotic fix --dry-run` shows what it would change, here too (CI is set)",
  });
}
