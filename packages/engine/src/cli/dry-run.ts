import type { Diagnostic } from "../core/diagnostic.ts";
import type { Result } from "../core/result.ts";
import type { Opened } from "../open.ts";
import type { RunRequest } from "../request.ts";
import type { CliOutput } from "./command.ts";
import { probe, type Prospect } from "./probe.ts";
import { table } from "./table.ts";

/** What a run would do, task by task; nothing is run and nothing is written but what saves time. */
export function dryRun(opened: Opened, request: RunRequest, asJson: boolean): Result<CliOutput, readonly Diagnostic[]> {
  return probe(opened, request, (prospects) => {
    const rows = prospects.map(rowOf);
    const json = {
      tasks: prospects.map(({ task }, index) => ({
        id: task.id,
        project: task.project.name,
        atom: task.atomId,
        dependsOn: task.dependsOn,
        state: rows[index]?.state ?? "",
        because: rows[index]?.because ?? "",
      })),
    };
    if (asJson) return { exitCode: 0, text: JSON.stringify(json, undefined, 2) };
    return {
      exitCode: 0,
      text: rows.length === 0 ? "nothing would run" : table(rows.map(({ id, state, because }) => [id, state, because])),
    };
  });
}

interface Row {
  readonly id: string;
  readonly state: "hit" | "miss" | "depends" | "skipped" | "broken";
  readonly because: string;
}

function rowOf(prospect: Prospect): Row {
  const { id } = prospect.task;
  if (prospect.kind === "depends") return { id, state: "depends", because: `depends on ${prospect.on.join(", ")}` };
  if (prospect.kind === "miss") return { id, state: "miss", because: prospect.miss.missed };
  const { result } = prospect;
  if (result.cache === "hit") return { id, state: "hit", because: result.summary };
  return { id, state: result.status === "skipped" ? "skipped" : "broken", because: result.reason ?? "" };
}
