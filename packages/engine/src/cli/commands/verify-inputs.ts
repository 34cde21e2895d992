import type { Diagnostic } from "../../core/diagnostic.ts";
import type { JsonValue } from "../../core/json.ts";
import { EXIT } from "../../core/status.ts";
import { ok, type Result } from "../../core/result.ts";
import { selectAtoms, selectProjects } from "../../graph/selection.ts";
import type { Task } from "../../graph/task.ts";
import type { Opened } from "../../open.ts";
import type { RunRequest } from "../../request.ts";
import type { CliCommand } from "../command.ts";
import { openWorkspace } from "../open-workspace.ts";
import { progressLine } from "../progress-line.ts";
import { runRequest } from "../run-request.ts";
import { FILTER_OPTIONS } from "../selection-options.ts";
import { producers } from "../verify/producers.ts";
import { isWell, renderVerified } from "../verify/render.ts";
import { verifyTasks, type VerifiedTasks } from "../verify/verify-tasks.ts";

/** `symbiotic verify-inputs`: whether tasks come to the same with nothing but what they declare. */
export const verifyInputsCommand: CliCommand = {
  name: "verify-inputs",
  summary: "run tasks with nothing but their declared inputs, and name what they read beside them",
  usage: "<task|target...> [options] [-- <arguments>]",
  describe:
    "Each task is run outside the cache in a tree of its own, which has nothing but what the task declares. Where it comes to something else than with all files, what it misses is looked for. Exit code 1: something is read, or written, and not declared, or a task could not be verified.",
  positionals: { least: 1, most: 1000, what: "at least one task or target" },
  options: {
    ...FILTER_OPTIONS,
    copied: { kind: "flag", describe: "run in a copied tree also where bubblewrap is there" },
  },
  rest: true,
  examples: [
    ["symbiotic verify-inputs web:build", "one task"],
    ["symbiotic verify-inputs gates --filter api", "the gates of one project"],
  ],
  async run(parsed, context) {
    const opened = await openWorkspace(parsed, context);
    if (!opened.ok) return opened;
    const request = runRequest(parsed, context, opened.value.config.settings);
    if (!request.ok) return request;
    const isMeant = meant(opened.value, request.value);
    if (!isMeant.ok) return isMeant;
    const line = progressLine(context);
    const verified = await verifyTasks({
      opened: opened.value,
      request: request.value,
      isMeant: isMeant.value,
      copied: parsed.flags.has("copied"),
      progress: (text) => {
        line.show(() => text);
      },
    });
    line.end();
    if (!verified.ok) return verified;
    const told = withProducers(verified.value, producers(opened.value, request.value));
    return ok({
      exitCode: told.tasks.every(isWell) ? EXIT.passed : EXIT.failed,
      text: renderVerified(told),
      json: jsonOf(told),
    });
  },
};

/** Tasks that are there only because others wait for them are not meant. */
function meant(
  { index, workspace }: Opened,
  { names, filters, exclude }: RunRequest,
): Result<(task: Task) => boolean, readonly Diagnostic[]> {
  const atoms = selectAtoms(names, index, workspace);
  const projects = selectProjects(filters, exclude, workspace);
  if (!atoms.ok) return atoms;
  if (!projects.ok) return projects;
  return ok(({ atomId, project: { name } }) =>
    atoms.value.some(
      ({ atom, project }) => atom === atomId && (project === undefined ? projects.value.has(name) : project === name),
    ),
  );
}

function withProducers(verified: VerifiedTasks, producerOf: ReturnType<typeof producers>): VerifiedTasks {
  const tasks = verified.tasks.map((each) => ({
    ...each,
    missed: each.missed.map((missed) => {
      const producer = producerOf(missed.path);
      return producer === undefined ? missed : { ...missed, producer };
    }),
  }));
  return { ...verified, tasks };
}

function jsonOf({ tasks, bubblewrap }: VerifiedTasks): JsonValue {
  return {
    bubblewrap: "program" in bubblewrap,
    note: "why" in bubblewrap ? bubblewrap.why : null,
    tasks: tasks.map(({ task, verdict, reason, isolation, runs, missed, variables, writes }) => ({
      task,
      verdict,
      reason: reason ?? null,
      isolation: isolation ?? null,
      runs,
      missed: missed.map((each) => ({ ...each, producer: each.producer ?? null })),
      variables: [...variables],
      writes: writes.map((each) => ({ ...each })),
    })),
  };
}
