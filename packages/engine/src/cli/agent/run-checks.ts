import { join } from "node:path";
import { OF_AGENTS } from "../../cache/layout.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import { EXIT } from "../../core/status.ts";
import type { Checked, ChangedTree, RunChecks } from "../../edit/checked.ts";
import { lookAtPlace } from "../../guard/paths/place-on-disk.ts";
import { cacheDirectory, open, type Opened } from "../../open.ts";
import { distinctFindings } from "../../report/distinct-findings.ts";
import { RunView } from "../../report/run-view.ts";
import { run } from "../../run.ts";
import { movedConfig } from "../../staged/moved-config.ts";
import type { ChangedFile } from "../../workspace/git/changed-file.ts";
import type { SourceTexts } from "../../workspace/source-texts.ts";
import type { CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { demandOf } from "../demand-of.ts";
import { createRunFiles, quietly } from "../run-files.ts";
import { runRequest } from "../run-request.ts";
import { problemsOf } from "./check-problems.ts";

/** What is run, and what is known of the user's own tree: its configuration and its baseline judge. */
interface Checks {
  readonly names: readonly string[];
  readonly parsed: Parsed;
  readonly context: CliContext;
  readonly opened: Opened;
}

/** Runs targets and atoms on what a change reaches, in a tree that holds it. */
export function runChecksOf(checks: Checks): RunChecks {
  return async (tree) => {
    const inside = contextIn(tree, checks);
    const parsed = bare(checks);
    const opened = await openChanged(tree, { parsed, inside, opened: checks.opened });
    if (!opened.ok) return opened;
    const own = { ...opened.value, texts: textsOfTree(opened.value.texts) };
    return runIn(own, tree, { parsed, inside, user: checks.opened });
  };
}

/** What code made a link while it ran would lead whoever quotes a line out of the tree. */
function textsOfTree(texts: SourceTexts): SourceTexts {
  const { root } = texts;
  return { root, source: (path) => (lookAtPlace(root, path).ok ? texts.source(path) : undefined) };
}

/** The command line of the checks: of what the user wrote only what loads the configuration. */
function bare({ names, parsed }: Checks): Parsed {
  const values = new Map([...parsed.values].filter(([name]) => name === "config"));
  return { ...parsed, positionals: names, flags: new Set(), lists: new Map(), values, rest: [] };
}

function contextIn({ roots, environment }: ChangedTree, { context }: Checks): CliContext {
  const { settings, ...rest } = context.environment;
  return {
    ...context,
    cwd: roots.to,
    environment: { ...rest, settings, variables: environment },
    write: () => undefined,
  };
}

function openChanged(
  { roots, environment }: ChangedTree,
  { parsed, inside, opened }: { readonly parsed: Parsed; readonly inside: CliContext; readonly opened: Opened },
): Promise<Result<Opened, readonly Diagnostic[]>> {
  return open({
    ...{ cwd: roots.to, environment, defaults: inside.defaults, onDemand: inside.onDemand },
    // What the change makes of the configuration, the plugins or the baseline is not even read.
    ...{ config: movedConfig(opened.config, roots), baseline: opened.texts },
    demand: demandOf(parsed, inside.environment, { cwd: roots.to, explains: false }),
  });
}

async function runIn(
  opened: Opened,
  { changed, hold }: ChangedTree,
  { parsed, inside, user }: { readonly parsed: Parsed; readonly inside: CliContext; readonly user: Opened },
): Promise<Result<Checked, readonly Diagnostic[]>> {
  const request = runRequest(parsed, inside, opened.config.settings);
  if (!request.ok) return request;
  const view = new RunView();
  const cache = cacheDirectory(user, inside.environment.settings.cacheDir);
  const begin = inside.now();
  const code = await run(opened, {
    ...request.value,
    mode: "always",
    // Without network, variables and home a task may come to another end than the user's: these results serve nobody else.
    cacheDir: join(cache, hold === undefined ? OF_AGENTS.unheld : OF_AGENTS.held),
    ...(hold === undefined ? {} : { hold }),
    changed: {
      comparison: {
        base: "HEAD",
        commit: user.repository.head ?? "",
        reason: "an agent's change",
        changedFiles: changed.length,
      },
      files: changed.map(({ path, kind }): ChangedFile => ({ path, status: kind })),
      upTo: null,
    },
    reporters: (record) => [
      ...createRunFiles(record, quietly),
      {
        handle(envelope) {
          view.apply(envelope);
        },
        close: () => undefined,
      },
    ],
  });
  if (!code.ok) return code;
  return ok({
    passed: code.value === EXIT.passed,
    problems: problemsOf(view),
    findings: distinctFindings(view.findings).map(({ reported }) => reported),
    ...{ tasks: view.tasks.size, durationMs: inside.now() - begin, run: view.run },
  });
}
