import { existsSync } from "node:fs";
import { errorOf, type Diagnostic } from "../../core/diagnostic.ts";
import { fail, ok, type Result } from "../../core/result.ts";
import { auditPlace } from "../../edit/edit-audit.ts";
import { decodeEntry } from "../../guard/audit/audit-entry.ts";
import { readLines } from "../../guard/audit/log-file.ts";
import type { Opened } from "../../open.ts";

/** The money that agents may still use, in a run and on a day. */
export interface Purse {
  /**
   * Sets money aside for a task that may use so much: all that is left where it does not say. Where agents at work have set all of it aside, it waits
   * until one of them gives some back. An error where nothing is left.
   */
  take(usd: number | undefined): Promise<Result<Taken, Diagnostic>>;
}

/** Money that is set aside. */
export interface Taken {
  /** What may be used; undefined where nothing bounds it. */
  readonly usd: number | undefined;
  /** Tells what was used, and gives back the rest; once. */
  readonly spent: (usd: number) => void;
}

/** Opens it. What was used on this day, UTC, is read from the audit log. */
export function createPurse(
  { repository, config }: Opened,
  today: string = new Date().toISOString().slice(0, 10),
): Purse {
  const bounds = config.settings.agents?.budget ?? {};
  let [inRun, aside, onDay]: [number, number, number | undefined] = [0, 0, undefined];
  let waiting: (() => void)[] = [];
  const leftOver = (): number | undefined => {
    if (bounds.day !== undefined) onDay ??= spentOn(today, auditPlace(repository).file);
    const known = [
      ...(bounds.run === undefined ? [] : [bounds.run - inRun]),
      ...(bounds.day === undefined ? [] : [bounds.day - (onDay ?? 0)]),
    ];
    return known.length === 0 ? undefined : Math.min(...known);
  };
  const settle = (usd: number, used: number): void => {
    aside -= usd;
    inRun += used;
    if (onDay !== undefined) onDay += used;
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  return {
    async take(wanted) {
      for (;;) {
        const left = leftOver();
        if (left === undefined) return ok({ usd: wanted, spent: () => undefined });
        if (left <= 0) return fail(nothingLeft(bounds, inRun, onDay));
        const usd = Math.min(wanted ?? left, left - aside);
        if (usd > 0) {
          aside += usd;
          return ok({ usd, spent: (used) => settle(usd, used) });
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
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
