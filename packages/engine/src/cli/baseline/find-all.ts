import type { Diagnostic } from "../../core/diagnostic.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Opened } from "../../open.ts";
import type { Reporter } from "../../report/reporter.ts";
import { RunView } from "../../report/run-view.ts";
import { run } from "../../run.ts";
import type { CliContext } from "../command.ts";
import type { Parsed } from "../../plugin/command.ts";
import { runRequest } from "../run-request.ts";
import { createReporters } from "../reporters.ts";

/** What is run where no target is named. */
const ALL = "gates";

/** Runs targets as `symbiotic run` does, told on stderr, and gives what the run told. */
export async function findAll(
  opened: Opened,
  parsed: Parsed,
  context: CliContext,
): Promise<Result<RunView, readonly Diagnostic[]>> {
  const view = new RunView();
  const collect: Reporter = {
    handle: (envelope) => {
      view.apply(envelope);
    },
    close: () => undefined,
  };
  const positionals = parsed.positionals.length === 0 ? [ALL] : parsed.positionals;
  const own: Parsed = { ...parsed, positionals, flags: new Set([...parsed.flags].filter((flag) => flag !== "json")) };
  // What is asked for is the baseline; how its findings came about is progress.
  const aside: CliContext = {
    ...context,
    write: (_, text) => {
      context.write("stderr", text);
    },
  };
  const request = runRequest(own, aside, opened.config.settings);
  if (!request.ok) return request;
  const code = await run(opened, {
    ...request.value,
    mode: "always",
    reporters: (record) => [...createReporters(own, aside, record), collect],
  });
  return code.ok ? ok(view) : code;
}
