import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { EXIT } from "../../core/status.ts";
import { count } from "../../report/numbers.ts";
import { oneLine } from "../../report/sanitise.ts";
import type { CliOutput } from "../command.ts";
import type { Audited } from "./audit-task.ts";

/** What an audit comes to. Exit code 1: something differs, or a task could not be audited. */
export function auditOutput(audited: readonly Audited[], seed: string | undefined): CliOutput {
  const isWell = audited.every(({ differences, unaudited }) => differences.length === 0 && unaudited === undefined);
  return {
    exitCode: isWell ? EXIT.passed : EXIT.failed,
    text: [...audited.map(lineOf), ...(seed === undefined ? [] : [`seed ${seed}`])].join("\n"),
    json: {
      seed: seed ?? null,
      tasks: audited.map(({ task, served, sample, differences, dropped, together, unaudited = null }) => ({
        ...{ task, served, sample: [...sample], dropped, unaudited },
        together: together === undefined ? null : { tests: together.tests, already: together.already ?? null },
        differences: differences.map((each) => ({ ...each })),
      })),
    },
  };
}

/** What is wrong, one error a task. */
export function auditProblems(audited: readonly Audited[]): readonly Diagnostic[] {
  return audited.flatMap(({ task, differences, dropped, together }) => {
    if (differences.length === 0) return [];
    if (together !== undefined) return [orderDependent(task, differences)];
    const message = `${task} would leave out what comes to something else than is kept of it`;
    return [
      errorOf("SYM4066", message, {
        notes: differences.map(({ part, what, kept, now }) =>
          oneLine(`${part === null || part === what ? "" : `${part}: `}${what}: kept ${kept}, now ${now}`),
        ),
        hint: dropped
          ? "what was kept of these is dropped, so that the next run runs them; please report it, with what these tests depend on"
          : "what is kept of these could not be dropped: `symbiotic run` with `--force` runs everything",
      }),
    ];
  });
}

function orderDependent(task: string, differences: Audited["differences"]): Diagnostic {
  return errorOf(
    "SYM4068",
    `${task} has tests that depend on their order: among the others they end otherwise than by themselves`,
    {
      notes: differences.map(({ what, kept, now }) => oneLine(`${what}: by itself ${kept}, among the others ${now}`)),
      hint: "find what an earlier test leaves behind; until then all of the task runs together, and after mending it this audit lets it run in parts again",
    },
  );
}

function lineOf({ task, served, sample, differences, together, unaudited }: Audited): string {
  if (unaudited !== undefined) return `${task}  not audited: ${oneLine(unaudited)}`;
  if (together?.already !== undefined) return `${task}  runs together anyhow: ${oneLine(together.already)}`;
  if (together !== undefined) {
    const found =
      differences.length === 0
        ? "as by themselves"
        : `${count(differences.length, "test")} otherwise than by themselves`;
    return `${task}  ran ${count(together.tests, "test")} together: ${found}`;
  }
  if (served === 0) return `${task}  nothing would be left out`;
  const found = differences.length === 0 ? "as it is kept" : count(differences.length, "difference");
  return `${task}  ran ${String(sample.length)} of ${String(served)} that would be left out: ${found}`;
}
