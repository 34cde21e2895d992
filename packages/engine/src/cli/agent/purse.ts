import { existsSync } from "node:fs";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { auditPlace } from "../../edit/edit-audit.ts";
import { decodeEntry } from "../../guard/audit/audit-entry.ts";
import { readLines } from "../../guard/audit/log-file.ts";
import type { Opened } from "../../open.ts";

/** The money that agents may still use, in a run and on a day. */
export interface Purse {
  /** What is left for a task that may use so much; undefined where nothing bounds it. An error where nothing is left. */
  left(usd: number | undefined): Result<number | undefined, Diagnostic>;
  spend(usd: number): void;
}

/** Opens it. What was used on this day, UTC, is read from the audit log. */
export function createPurse(
  { repository, config }: Opened,
  today: string = new Date().toISOString().slice(0, 10),
): Purse {
  const { run, day } = config.settings.agents?.budget ?? {};
  let [inRun, onDay]: [number, number | undefined] = [0, undefined];
  return {
    left(usd) {
      if (day !== undefined) onDay ??= spentOn(today, auditPlace(repository).file);
      const bounds = [
        usd,
        run === undefined ? undefined : run - inRun,
        day === undefined ? undefined : day - (onDay ?? 0),
      ];
      const known = bounds.filter((bound) => bound !== undefined);
      const least = known.length === 0 ? undefined : Math.min(...known);
      return least !== undefined && least <= 0 ? fail(nothingLeft({ run, day }, inRun, onDay)) : ok(least);
    },
    spend(usd) {
      inRun += usd;
      if (onDay !== undefined) onDay += usd;
    },
  };
}

function spentOn(day: string, file: string): number {
  let usd = 0;
  if (existsSync(file))
    readLines(file, (line) => {
      const entry = decodeEntry(line)?.entry;
      if (entry?.time.startsWith(day) !== true) return;
      const { data } = entry;
      if (typeof data === "object" && data !== null && "usd" in data && typeof data.usd === "number") usd += data.usd;
    });
  return usd;
}

function nothingLeft(
  { run, day }: { readonly run?: number | undefined; readonly day?: number | undefined },
  inRun: number,
  onDay: number | undefined,
): Diagnostic {
  const isOfRun = run !== undefined && inRun >= run;
  const told = isOfRun
    ? `this run has used $${inRun.toFixed(2)} of $${run.toFixed(2)}`
    : `agents have used $${(onDay ?? 0).toFixed(2)} of the $${(day ?? 0).toFixed(2)} of this day`;
  return errorOf("SYM5112", `no agent is asked any more: ${told}`, {
    hint: `raise \`agents.budget.${isOfRun ? "run" : "day"}\`, or wait${isOfRun ? " for another run" : " until tomorrow (UTC)"}`,
  });
}
